// Makes the empty database that a new data folder begins with, unless the one there is of the same engine.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

const BUILD = fileURLToPath(new URL('../build/', import.meta.url));
const TEMPLATE = join(BUILD, 'template');
const STAMP = join(BUILD, 'template-version');

const manifest = join(
  dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')),
  '../package.json',
);
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));

if (!existsSync(TEMPLATE) || !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== version) {
  const making = `${TEMPLATE}.new`;
  for (const folder of [making, TEMPLATE]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(BUILD, { recursive: true });
  const engine = await PGlite.create({ dataDir: making });
  await engine.close();
  renameSync(making, TEMPLATE);
  writeFileSync(STAMP, version);
}
