import { AccessTokenVerifier } from '@parley/access';
import { problem } from '@parley/contract';
import type { Problem } from '@parley/contract';
import {
  Callees,
  CallNotes,
  fileServices,
  MemoryConnectionBoard,
  messagingServices,
  PresenceService,
  SessionService,
  VoiceRooms,
} from '@parley/workspace';
import type { WorkspaceEvent } from '@parley/workspace';
import { DiskBlobs } from '@parley/store';
import Fastify from 'fastify';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openTestDatabase } from '../../../../../packages/workspace/test/support/database.js';
import { temporaryFolder } from '../../../../../packages/store/test/support/databases.js';
import { fileInspector } from '../../../src/files/file-inspector.js';
import { mountModule } from '../../../src/http/http-module.js';
import { VoiceRinging } from '../../../src/workspace/voice-ringing.js';
import { workspaceModules } from '../../../src/workspace/workspace-modules.js';

/** Of files, for each server one in it. */
const FOLDER = temporaryFolder();

/** Signs the tokens for calls. */
export const KEY = { key: 'key', secret: 'a-secret-of-more-than-thirty-two-characters' };

export interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

/** A server over real HTTP, with a clock that the test moves. */
export async function startServer({ setUpCode }: { setUpCode?: string } = {}) {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const ended: string[] = [];
  const failed: unknown[] = [];
  const queries: string[] = [];
  const db = await openTestDatabase((sql) => queries.push(sql));
  const now = () => clock.now;
  const app = Fastify({ trustProxy: true, forceCloseConnections: true });
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if (method !== 'HEAD') routes.push(`${[method].flat().join()} ${url}`);
  });
  onTestFinished(async () => {
    await app.close();
    await db.destroy();
  });
  const told: WorkspaceEvent[] = [];
  const events = {
    append: (_trx: unknown, some: readonly WorkspaceEvent[]) => {
      told.push(...some);
      for (const { type, payload } of some) if (type === 'sessions_ended') ended.push(...payload.ids);
      return Promise.resolve();
    },
    committed: () => undefined,
  };
  const services = { db, events, now, random: randomBytes };
  const sessions = new SessionService(services);
  const messaging = messagingServices(services);
  const folder = join(FOLDER, randomUUID());
  const blobs = new DiskBlobs(join(folder, 'blobs'));
  const inspect = fileInspector(join(folder, 'scratch'));
  const limits = { fileBytes: 20_000_000, storedBytes: 100_000_000 };
  const files = fileServices({ ...services, blobs, inspect, limits });
  const voice = new VoiceRooms(clock.now);
  const announce = (event: WorkspaceEvent) => Promise.resolve(void told.push(event));
  const presence = new PresenceService({ ...services, board: new MemoryConnectionBoard(), announce });
  const ringing = new VoiceRinging({
    ...{ rooms: voice, now, log: () => undefined, notes: new CallNotes(services) },
    callees: new Callees({ db, rooms: voice, presence, now }),
    announce,
  });
  onTestFinished(() => ringing.close());
  /** What the media server is asked to do. */
  const controlled: string[] = [];
  const control = {
    enforce: (channelId: string) => Promise.resolve(void controlled.push(`enforce ${channelId}`)),
    remove: (channelId: string, userId: string) =>
      Promise.resolve(void controlled.push(`remove ${userId} from ${channelId}`)),
  };
  const modules = workspaceModules({
    ...{
      services,
      messaging,
      files,
      sessions,
      key: KEY,
      setUpCode,
      voice,
      presence,
      control,
      ringer: ringing,
      announce,
    },
    onProblem: ({ status }, thrown) => {
      if (status >= 500) failed.push(thrown);
    },
  });
  for (const module of modules) await mountModule(app, module, new AccessTokenVerifier(new Map(), now));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    ...{ url, clock, db, ended, failed, told, queries, routes, modules },
    ...{ sessions, messaging, voice, presence, controlled, ringing },
    ...{ files, blobs, folder },
    client: (address?: string) => new Client(url, address),
  };
}

/** The address of who is on the server's own machine. */
export const HERE = '127.0.0.1';

/** A browser, as far as cookies go. */
export class Client {
  cookie: string | undefined;
  lastSetCookie: string | undefined;
  readonly #url: string;
  readonly #address: string;

  constructor(url: string, address = '192.0.2.1') {
    this.#url = url;
    this.#address = address;
  }

  get = (path: string, headers?: Record<string, string>) => this.ask('GET', path, undefined, headers);
  post = (path: string, body: unknown, headers?: Record<string, string>) =>
    this.ask('POST', path, JSON.stringify(body), headers);
  put = (path: string, body: unknown) => this.ask('PUT', path, JSON.stringify(body));
  patch = (path: string, body: unknown) => this.ask('PATCH', path, JSON.stringify(body));
  delete = (path: string, headers?: Record<string, string>) => this.ask('DELETE', path, undefined, headers);

  async ask(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.#url}/api/v1/${path}`, {
      method,
      headers: {
        origin: this.#url,
        ...(this.#address !== HERE && { 'x-forwarded-for': this.#address }),
        ...(this.cookie !== undefined && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    this.lastSetCookie = response.headers.getSetCookie()[0];
    const [pair = ''] = this.lastSetCookie?.split(';') ?? [];
    if (this.lastSetCookie !== undefined) this.cookie = pair.endsWith('=') ? undefined : pair;
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    };
  }
}

export function problemOf({ body }: Answer): Problem {
  return problem.parse(body);
}
