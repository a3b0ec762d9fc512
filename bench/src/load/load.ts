import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Deferred } from '../deferred.js';
import { pinned } from '../pinning.js';
import type { LoadCommandName, LoadCommands, LoadResponse } from './load-commands.js';

const MODULE = fileURLToPath(new URL('./load-process.js', import.meta.url));

/** A process of its own that plays one or many participants. */
export class Load {
  readonly #process: ChildProcess;
  readonly #pending = new Map<number, Deferred<LoadResponse['result']>>();
  #lastId = 0;

  /** @param cores It runs on these alone; on all where there are none. */
  constructor(cores: readonly number[] | undefined) {
    const { file, args } = pinned({ file: process.execPath, args: [MODULE] }, cores);
    this.#process = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#process.on('message', ({ id, result, error }: LoadResponse) => {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      if (error === undefined) pending?.resolve(result);
      else pending?.reject(new Error(error));
    });
    this.#process.once('exit', (code) => {
      for (const { reject } of this.#pending.values())
        reject(new Error(`A load process ended with code ${code ?? 'none'}.`));
    });
  }

  get pid(): number {
    if (this.#process.pid === undefined) throw new Error('The load process did not start.');
    return this.#process.pid;
  }

  async run<Name extends LoadCommandName>(
    name: Name,
    argument: LoadCommands[Name]['takes'],
  ): Promise<LoadCommands[Name]['gives']> {
    const id = ++this.#lastId;
    const pending = new Deferred<LoadResponse['result']>();
    this.#pending.set(id, pending);
    this.#process.send({ id, name, argument });
    return (await pending.promise) as LoadCommands[Name]['gives'];
  }

  close(): void {
    if (this.#process.connected) this.#process.disconnect();
  }
}
