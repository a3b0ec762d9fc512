import { unlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { errorCode } from '@parley/core';

/**
 * Keeps a folder for one process, by a socket in it: that ends with the process, however it ends, is seen from other
 * containers that mount the folder, and cannot be mistaken for another process's with the same id.
 */
export class FolderLock {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @returns undefined where another process has it. */
  static async take(path: string): Promise<FolderLock | undefined> {
    const server = createServer((socket) => socket.destroy());
    for (let attempt = 0; attempt < 2; attempt += 1) {
      if (await listens(server, path)) return new FolderLock(server);
      if (await isHeld(path)) return undefined;
      unlinkSync(path);
    }
    return undefined;
  }

  release(): void {
    this.#server.close();
  }
}

function listens(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      if (errorCode(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(path, () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

/** Nobody listens on a socket whose process is gone. */
function isHeld(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      resolve(errorCode(error) !== 'ECONNREFUSED' && errorCode(error) !== 'ENOENT');
    });
  });
}
