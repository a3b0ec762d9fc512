import { fileURLToPath } from 'node:url';
import { PostgresServer } from '@parley/store/testing';
import type { Cores } from '../pinning.js';
import { freePort, ServerProcess } from '../servers/server-process.js';
import { ChatClient } from './chat-client.js';

/** Where a workspace is kept. */
export type Engine = 'embedded' | 'postgresql';

export const engines: readonly Engine[] = ['embedded', 'postgresql'];

const COMMAND = fileURLToPath(new URL('../../../apps/server/bin/parley.js', import.meta.url));
const PASSWORD = 'a long way home';

/** Parley with a workspace, in a process of its own, on an empty database. */
export class ChatServer {
  /** Milliseconds from its start until it answered. */
  readonly startedIn: number;
  readonly #process: ServerProcess;
  readonly #postgres: PostgresServer | undefined;
  #people = 0;

  private constructor(process: ServerProcess, postgres: PostgresServer | undefined, startedIn: number) {
    this.#process = process;
    this.#postgres = postgres;
    this.startedIn = startedIn;
  }

  static async start(engine: Engine, cores: Cores | undefined): Promise<ChatServer> {
    const postgres = engine === 'postgresql' ? await PostgresServer.start({ sync: true }) : undefined;
    const databaseUrl = await postgres?.database('parley');
    const httpPort = await freePort();
    const mediaPort = await freePort();
    const begin = performance.now();
    const process_ = await ServerProcess.start({
      ...{ cores: cores?.server, httpPort, readyPath: '/readyz' },
      command: () => ({ file: process.execPath, args: [COMMAND, 'up'] }),
      env: {
        NODE_OPTIONS: process.env.NODE_OPTIONS ?? '',
        PARLEY_HTTP_PORT: String(httpPort),
        // Each person comes from an address of their own, as clients say here themselves.
        PARLEY_HTTP_TRUSTED_PROXIES: '127.0.0.1',
        PARLEY_MEDIA_PORT: String(mediaPort),
        PARLEY_MEDIA_ADDRESSES: '127.0.0.1',
        PARLEY_LIMITS_CONNECTIONS_PER_ADDRESS: '100000',
        ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
      },
    });
    return new ChatServer(process_, postgres, performance.now() - begin);
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Makes the owner, who needs no set-up code on the server's own machine. */
  async setUp(): Promise<ChatClient> {
    const owner = new ChatClient(this.#httpUrl);
    await owner.post('setup', { workspace_name: 'Benchmark', user_name: 'owner', password: PASSWORD });
    return owner;
  }

  /** Makes members of the owner's community. */
  async invite(owner: ChatClient, communityId: string, count: number): Promise<ChatClient[]> {
    const invite = { community_id: communityId, expires_in: null, most_uses: null };
    const { code } = await owner.post<{ code: string }>('invites', invite);
    const members: ChatClient[] = [];
    while (members.length < count) {
      const member = this.#client();
      const account = { user_name: `member-${members.length}`, password: PASSWORD };
      await member.post(`invites/${code}/account`, account);
      members.push(member);
    }
    return members;
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    await this.#postgres?.close();
  }

  #client(): ChatClient {
    this.#people += 1;
    const address = `10.0.${Math.floor(this.#people / 250)}.${1 + (this.#people % 250)}`;
    return new ChatClient(this.#httpUrl, address);
  }

  get #httpUrl(): string {
    return this.#process.url.replace('ws:', 'http:');
  }
}
