// Draws the icons and the preview of links from the mark in apps/web/public/favicon.svg: `node scripts/draw-icons.mjs`.
// They are committed; run it again when the mark changes. Needs a Chromium (CHROME_PATH).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const folder = new URL('../apps/web/public/', import.meta.url);
const font = readFileSync(
  new URL('../node_modules/@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2', import.meta.url),
).toString('base64');
const mark = readFileSync(new URL('favicon.svg', folder), 'utf8');
const square = mark.replace(/ rx="9"/, '');

const PICTURES = [
  { name: 'icon-192.png', width: 192, height: 192, body: mark },
  { name: 'icon-512.png', width: 512, height: 512, body: mark },
  // Systems cut these to their own shapes: the mark keeps away from the edges.
  { name: 'apple-touch-icon.png', width: 180, height: 180, body: square },
  {
    name: 'icon-maskable.png',
    width: 512,
    height: 512,
    body: `<div style="display:grid;place-items:center;height:100%;background:#0b6b53">
      <div style="width:76%">${square}</div></div>`,
  },
  {
    name: 'preview.png',
    width: 1200,
    height: 630,
    body: `<div style="display:flex;align-items:center;justify-content:center;gap:52px;height:100%;background:#0f231b">
      <div style="width:190px">${mark}</div>
      <div style="font-family:Inter;color:#eafff6">
        <div style="font-size:118px;font-weight:700;letter-spacing:-4px;line-height:1.1">Parley</div>
        <div style="font-size:38px;color:#a9d8c6">Join the call in your browser</div>
      </div></div>`,
  },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
for (const { name, width, height, body } of PICTURES) {
  await page.setViewportSize({ width, height });
  await page.setContent(
    `<style>@font-face{font-family:Inter;font-weight:100 900;src:url(data:font/woff2;base64,${font})}html,body{margin:0;height:100%;background:none}svg{display:block;width:100%}</style>${body}`,
  );
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: fileURLToPath(new URL(name, folder)), omitBackground: true });
}
await browser.close();
