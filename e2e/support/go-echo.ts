import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { ParleyServer } from './server.js';
import { waitFor } from './wait.js';

/** What the program says that has happened. */
export interface GoEvent {
  event: 'joined' | 'track' | 'data' | 'disconnected';
  from?: string;
  text?: string;
}

export interface GoParticipant {
  events: GoEvent[];
  /** Ends the program, which leaves the room. */
  leave: () => void;
}

const SOURCES = fileURLToPath(new URL('../go', import.meta.url));
/** Of a first build, which fetches the modules and compiles all of them. */
const BUILD_TIMEOUT_MS = 600_000;
const JOIN_TIMEOUT_MS = 30_000;

/** Whether Go is there, without which its SDK cannot be tested. */
export function hasGo(): boolean {
  const found = spawnSync('go', ['version']).status === 0;
  if (!found) console.warn("Go is not installed: LiveKit's Go SDK is not tested.");
  return found;
}

/**
 * Builds the program in `e2e/go` once for all tests of a file; joins a room with it.
 *
 * @param modules The file in `e2e/go` that says with which versions.
 */
export function useGoEcho(
  server: () => ParleyServer,
  modules = 'go.mod',
): (room: string, identity: string) => Promise<GoParticipant> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-go-'));
  const program = join(folder, 'echo');
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    // The hashes of the modules are checked, by the .sum file beside that of the modules.
    const options = ['-mod=readonly', `-modfile=${modules}`, '-o', program];
    await promisify(execFile)('go', ['build', ...options, '.'], { cwd: SOURCES });
  }, BUILD_TIMEOUT_MS);

  afterEach(() => {
    for (const each of running.splice(0)) each.kill();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  return async (room, identity) => {
    const token = await server().token({ identity, grant: { roomJoin: true, room } });
    const child = spawn(program, [server().webSocketUrl, token], { stdio: ['pipe', 'pipe', 'pipe'] });
    running.push(child);
    const events: GoEvent[] = [];
    const told: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => events.push(JSON.parse(line) as GoEvent));
    createInterface({ input: child.stderr }).on('line', (line) => told.push(line));
    try {
      await waitFor(
        `${identity} joining with Go`,
        () => events.some(({ event }) => event === 'joined'),
        JOIN_TIMEOUT_MS,
      );
    } catch (error) {
      throw new Error(told.slice(-20).join('\n'), { cause: error });
    }
    return { events, leave: () => child.stdin.end() };
  };
}
