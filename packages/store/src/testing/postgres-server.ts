import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of the user under which it runs: it refuses root. */
interface Identity {
  uid?: number;
  gid?: number;
}

const DEBIAN = '/usr/lib/postgresql';

/** A PostgreSQL server of its own, which listens on a socket in its folder alone. */
export class PostgresServer {
  readonly #folder: string;
  readonly #identity: Identity;
  readonly #sync: boolean;
  #process: ChildProcess | undefined;

  private constructor(folder: string, identity: Identity, sync: boolean) {
    this.#folder = folder;
    this.#identity = identity;
    this.#sync = sync;
  }

  /** @param sync whether what is committed has to be on the disk, as it has not for most tests. */
  static async start({ sync = false } = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
    const identity: Identity = process.getuid?.() === 0 ? identityOf('postgres') : {};
    chmodSync(folder, 0o755);
    if (identity.uid !== undefined && identity.gid !== undefined) {
      chownSync(folder, identity.uid, identity.gid);
    }
    const data = join(folder, 'data');
    const made = spawnSync(
      program('initdb'),
      ['-D', data, '-U', 'parley', '--auth=trust', '--no-sync', '--encoding=UTF8', '--no-locale'],
      { ...identity, cwd: folder, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stdout}${made.stderr}`);
    const server = new PostgresServer(folder, identity, sync);
    await server.resume();
    return server;
  }

  /** Of an empty database of that name, which is made. */
  async database(name: string): Promise<string> {
    const { status, stderr } = spawnSync(
      program('psql'),
      ['-h', this.#folder, '-U', 'parley', '-d', 'postgres', '-qc', `create database "${name}"`],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    return Promise.resolve(`postgres://parley@/${name}?host=${encodeURIComponent(this.#folder)}`);
  }

  /** As a crash ends it. */
  async kill(): Promise<void> {
    const process = this.#process;
    if (process === undefined) return;
    this.#process = undefined;
    // Its children notice, and let go of the shared memory.
    process.kill('SIGQUIT');
    await once(process, 'exit');
  }

  async resume(): Promise<void> {
    const settings = [
      `fsync=${this.#sync ? 'on' : 'off'}`,
      'listen_addresses=',
      `unix_socket_directories=${this.#folder}`,
    ];
    const args = ['-D', join(this.#folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
    const server = spawn(program('postgres'), args, {
      ...this.#identity,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = server;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('ready to accept connections')) resolve();
      });
      server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
    });
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The newest that Debian's packages have installed, or the one in the path. */
function program(name: string): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const newest = Math.max(...versions.filter((version) => version >= 15));
  return Number.isFinite(newest) ? join(DEBIAN, String(newest), 'bin', name) : name;
}

function identityOf(user: string): Identity {
  const id = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}
