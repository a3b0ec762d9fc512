import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { diagnose } from '../../src/doctor/doctor.js';
import { temporaryFolder, testConfig } from '../support.js';
import { MACHINE } from './machine.js';

function configured(environment: Record<string, string> = {}) {
  const data = join(temporaryFolder(), 'data');
  return testConfig({
    PARLEY_DATA_DIR: data,
    PARLEY_MEDIA_PORT: '0',
    PARLEY_MEDIA_TCP: 'on',
    ...environment,
  });
}

async function website(body: string): Promise<{ url: string; port: string }> {
  const server = createServer((_request, response) => response.end(body));
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = String(typeof address === 'object' ? address?.port : 0);
  return { url: `http://127.0.0.1:${port}`, port };
}

describe('diagnose', () => {
  test('finds nothing to change on a machine that is well', async () => {
    const findings = await diagnose(configured({ PARLEY_HTTP_HOST: '0.0.0.0' }), MACHINE);
    expect(findings.map(({ status, text }) => `${status} ${text}`)).toEqual([
      'ok UDP port 0 on 0.0.0.0 can be used and reached on this machine',
      'ok TCP port 0 on 0.0.0.0 can be used and reached on this machine',
      'ok Clients are told to send media to 192.0.2.1',
      'ok The limit of open files is 65536',
      'ok Socket buffers may have 16777216 and 16777216 bytes',
      expect.stringMatching(/^ok The data folder .* can be written$/),
      'ok The clock says 2026-01-01T00:00:00.000Z, and there is none to compare it with: "--url" or webhooks.urls names one',
    ]);
  });

  test('tells of a data folder that cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const findings = await diagnose(configured({ PARLEY_DATA_DIR: file }), MACHINE);
    expect(findings.filter(({ status }) => status === 'change').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^The data folder .* cannot be written \(ENOTDIR\)/),
    ]);
  });

  test('says whether the URL that people open leads to Parley', async () => {
    const parley = await website('{"name":"parley","version":"1"}');
    const other = await website('<html>');
    const ask = async (url: string, httpPort: string) => {
      const config = configured({ PARLEY_HTTP_PORT: httpPort, PARLEY_HTTP_HOST: '127.0.0.1' });
      const { status, text } = (await diagnose(config, MACHINE, url)).find((finding) =>
        finding.text.includes(url),
      )!;
      return `${status} ${text}`;
    };
    expect(await ask(parley.url, '1')).toBe(`ok ${parley.url} leads to Parley`);
    expect(await ask(other.url, parley.port)).toBe(
      `change ${other.url} does not lead to Parley: have the reverse proxy pass it on to port ${parley.port}, WebSockets too`,
    );
    expect(await ask(other.url, '1')).toBe(
      `note Whether ${other.url} leads to Parley can be seen only while Parley runs`,
    );
  });
});
