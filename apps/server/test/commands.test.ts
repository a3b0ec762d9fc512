import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runCommand } from '../src/commands.js';
import type { MediaWorkerData } from '../src/media/media-worker-data.js';
import { VERSION } from '../src/version.js';
import { FakeWorker, SECRET, temporaryFolder, webRoot } from './support.js';

interface Outcome {
  code: Promise<number>;
  out: string[];
  err: string[];
  signals: EventEmitter;
  exits: number[];
  /** Settles with the first line printed. */
  started: Promise<string>;
  workers: { worker: FakeWorker; data: MediaWorkerData }[];
}

/** Runs a command in a folder of its own, with a fake media thread that is ready at once. */
function run(args: string[], environment: Record<string, string> = {}, root = webRoot()): Outcome {
  const [out, err, exits]: [string[], string[], number[]] = [[], [], []];
  const signals = new EventEmitter();
  const workers: Outcome['workers'] = [];
  const config = join(temporaryFolder(), 'parley.yaml');
  writeFileSync(config, '');
  let print = (line: string): void => void out.push(line);
  const started = new Promise<string>((resolve) => {
    print = (line) => {
      out.push(line);
      resolve(line);
    };
  });
  const code = runCommand(args, {
    environment: {
      PARLEY_CONFIG: config,
      PARLEY_DATA_DIR: join(temporaryFolder(), 'data'),
      PARLEY_HTTP_PORT: '0',
      PARLEY_MEDIA_TCP: 'off',
      PARLEY_WORKSPACE: 'off',
      PARLEY_LOG_LEVEL: 'error',
      ...environment,
    },
    print: (line) => {
      print(line);
    },
    printError: (line) => err.push(line),
    signals,
    exit: (exitCode) => exits.push(exitCode),
    webRoot: root,
    spawnMedia: (data) => {
      const worker = new FakeWorker();
      workers.push({ worker, data });
      worker.onPost = ({ type }) => {
        if (type === 'shutdown') worker.exit(0);
      };
      queueMicrotask(() => {
        worker.getReady(8443);
      });
      return worker;
    },
  });
  return { code, out, err, signals, exits, started, workers };
}

describe('parley', () => {
  test('prints its version and its usage', async () => {
    const version = run(['--version']);
    expect([await version.code, version.out]).toEqual([0, [VERSION]]);
    const help = run(['up', '--help']);
    expect(await help.code).toBe(0);
    expect(help.out[0]).toMatch(/^Usage: parley <command>/);
  });

  test.each([[[]], [['nonsense']], [['up', 'more']], [['up', '--nonsense']]])(
    '%j is wrong usage',
    async (args) => {
      const { code, err, out } = run(args);
      expect(await code).toBe(2);
      expect(err.join('\n')).toContain('Usage: parley <command>');
      expect(out).toEqual([]);
    },
  );

  test('lists every mistake in the configuration and ends with 1', async () => {
    const { code, err } = run(['up'], { PARLEY_HTTP_PORT: 'x', PARLEY_HTTTP_HOST: 'y' });
    expect(await code).toBe(1);
    expect(err[0]?.split('\n').slice(1)).toEqual([
      '- http.port (PARLEY_HTTP_PORT) is "x": write a whole number from 0 to 65535',
      '- PARLEY_HTTTP_HOST is not a known environment variable; did you mean PARLEY_HTTP_HOST?',
    ]);
  });
});

describe('parley config', () => {
  test('prints the effective configuration without secrets', async () => {
    const { code, out } = run(['config'], { PARLEY_API_KEYS: `key: ${SECRET}`, PARLEY_HTTP_PORT: '9000' });
    expect(await code).toBe(0);
    expect(out[0]).toContain('port: 9000');
    expect(out[0]).toContain('key: "********"');
    expect(out[0]).not.toContain(SECRET);
  });

  test('prints of the receivers of webhooks what server they are on: the rest may be a secret', () => {
    const { out } = run(['config'], {
      PARLEY_WEBHOOKS_URLS:
        'https://a.example/x?token=hidden, https://b.example:8443/services/T0/h1dden#h2dden',
    });
    expect(out[0]).toContain('https://a.example/********');
    expect(out[0]).toContain('https://b.example:8443/********');
    expect(out[0]).not.toMatch(/hidden|h1dden|h2dden|services/);
  });
});

describe('parley doctor', () => {
  test('prints a sentence for each warning and each check', async () => {
    const { code, out } = run(['doctor'], { PARLEY_MEDIA_PORT: '0', PARLEY_API_KEYS: 'key: short' });
    // Few open files may be all that the machine of this test lets it have.
    expect(await code).toBe(out.some((line) => line.startsWith('change')) ? 1 : 0);
    expect(out).toHaveLength(7);
    expect(out[0]).toMatch(/^note {4}The secret of API key key is shorter/);
    expect(out[1]).toBe('ok      UDP port 0 on 0.0.0.0 can be used and reached on this machine');
  });

  test('takes no other than a web address for --url', async () => {
    const { code, err } = run(['doctor', '--url', 'calls.example.org']);
    expect(await code).toBe(2);
    expect(err).toEqual(['--url needs a URL that begins with http:// or https://']);
  });

  test('ends with 1 when something must change', async () => {
    const { code, out } = run(['doctor'], { PARLEY_MEDIA_BIND: '192.0.2.77' });
    expect(await code).toBe(1);
    expect(out[0]).toBe(
      'change  192.0.2.77 is no address of this machine: change media.bind (PARLEY_MEDIA_BIND)',
    );
  });
});

describe('parley generate-keys', () => {
  test('prints a pair that PARLEY_API_KEYS takes', async () => {
    const { code, out } = run(['generate-keys']);
    expect(await code).toBe(0);
    const value = /^PARLEY_API_KEYS="(.*)"$/.exec(out[0] ?? '')?.[1] ?? '';
    expect(await run(['config'], { PARLEY_API_KEYS: value }).code).toBe(0);
  });
});

describe('parley create-token', () => {
  test('prints a token of the first key', async () => {
    const { code, out } = run(['create-token', '--room', 'kitchen', '--identity', 'ada', '--name', 'Ada'], {
      PARLEY_API_KEYS: `key: ${SECRET}`,
    });
    expect(await code).toBe(0);
    expect(decodeJwt(out[0] ?? '')).toMatchObject({
      iss: 'key',
      sub: 'ada',
      name: 'Ada',
      video: { room: 'kitchen' },
    });
  });

  test('needs a room and an identity', async () => {
    const { code, err } = run(['create-token', '--room', 'kitchen']);
    expect(await code).toBe(2);
    expect(err).toEqual(['create-token needs --room and --identity']);
  });
});

// Starts real servers: with all of a machine's tests running beside them, that takes its time.
describe('parley up', { timeout: 30_000 }, () => {
  test('prints one line with the address and the key file, serves, and ends with 0 on SIGTERM', async () => {
    const folder = join(temporaryFolder(), 'data');
    const { code, started, out, err, signals, workers } = run(['up'], { PARLEY_DATA_DIR: folder });
    const line = await started;
    const address =
      /^Parley is running at (http:\/\/localhost:\d+) \(API key and secret: .*keys\.yaml\)$/.exec(line)?.[1];
    const secret = readFileSync(join(folder, 'keys.yaml'), 'utf8').split(': ')[1]?.trim() ?? '';
    expect(line).not.toContain(secret);
    expect(workers[0]?.data).toMatchObject({ node: { port: 8443 }, livekit: { version: VERSION } });
    expect([...(workers[0]?.data.livekit.keys.values() ?? [])]).toEqual([secret]);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    expect((await fetch(`${address}/`, { method: 'HEAD' })).status).toBe(200);
    signals.emit('SIGTERM');
    expect(await code).toBe(0);
    expect(out).toHaveLength(1);
    expect(err).toEqual([]);
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  });

  test.each(['SIGINT', 'SIGHUP'])(
    'with configured keys writes none, and ends with 0 on %s',
    async (signal) => {
      const folder = join(temporaryFolder(), 'data');
      const { code, started, signals } = run(['up'], {
        PARLEY_API_KEYS: `key: ${SECRET}`,
        PARLEY_DATA_DIR: folder,
      });
      expect(await started).toMatch(/^Parley is running at http:\/\/localhost:\d+$/);
      expect(existsSync(join(folder, 'keys.yaml'))).toBe(false);
      signals.emit(signal);
      expect(await code).toBe(0);
    },
  );

  test('ends at once on a second signal, but takes one that was sent twice for one', async () => {
    const { code, started, signals, workers, exits } = run(['up']);
    await started;
    const worker = workers[0]?.worker;
    if (worker === undefined) throw new Error('no worker was started');
    worker.onPost = () => undefined;
    signals.emit('SIGINT');
    signals.emit('SIGINT');
    expect(exits).toEqual([]);
    const later = performance.now() + 1_000;
    const clock = vi.spyOn(performance, 'now').mockReturnValue(later);
    signals.emit('SIGINT');
    clock.mockRestore();
    expect(exits).toEqual([1]);
    worker.exit(0);
    expect(await code).toBe(0);
  });

  test('says that the HTTP port is in use, and ends its media thread', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    const { code, err, workers } = run(['up'], { PARLEY_HTTP_PORT: port, PARLEY_HTTP_HOST: '127.0.0.1' });
    expect(await code).toBe(1);
    expect(err).toEqual([
      `HTTP port ${port} on 127.0.0.1 is in use: stop the other program or set http.port (PARLEY_HTTP_PORT) to another`,
    ]);
    expect(workers[0]?.worker.posted.map(({ type }) => type)).toEqual(['shutdown']);
  });

  test('serves metrics on their own port alone when they have one', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.2');
    await once(other, 'listening');
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    const environment = { PARLEY_METRICS_HOST: '127.0.0.2', PARLEY_METRICS_PORT: port };
    const taken = run(['up'], environment);
    expect(await taken.code).toBe(1);
    expect(taken.err).toEqual([
      `Metrics port ${port} on 127.0.0.2 is in use: stop the other program or set metrics.port (PARLEY_METRICS_PORT) to another`,
    ]);
    other.close();
    await once(other, 'close');
    const { code, started, signals } = run(['up'], environment);
    const http = /http:\S+/.exec(await started)?.[0] ?? '';
    expect((await fetch(`${http}/metrics`)).status).toBe(404);
    const metrics = `http://127.0.0.2:${port}`;
    const scraped = await fetch(`${metrics}/metrics`);
    expect(scraped.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await scraped.text()).toContain('process_cpu_seconds_total');
    for (const path of ['/', '/healthz', '/api/settings']) {
      expect((await fetch(metrics + path)).status).toBe(404);
    }
    signals.emit('SIGTERM');
    expect(await code).toBe(0);
    await expect(fetch(`${metrics}/metrics`)).rejects.toThrow();
  });

  test("says that the address is not this machine's", async () => {
    const { code, err } = run(['up'], { PARLEY_HTTP_HOST: '192.0.2.77' });
    expect(await code).toBe(1);
    expect(err).toEqual(['192.0.2.77 is no address of this machine: change http.host (PARLEY_HTTP_HOST)']);
  });

  test('says that the web app is not built, before anything starts', async () => {
    const { code, err, workers } = run(['up'], {}, temporaryFolder());
    expect(await code).toBe(1);
    expect(err).toEqual(['The web app is not built: run "npm run build:web" first']);
    expect(workers).toEqual([]);
  });

  test('says that the data folder cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { code, err } = run(['up'], { PARLEY_DATA_DIR: file });
    expect(await code).toBe(1);
    expect(err[0]).toMatch(
      /^The data folder .* cannot be written \(ENOTDIR\): change its permissions or set data_dir/,
    );
  });
});
