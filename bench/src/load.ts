import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Deferred } from './deferred.js';
import type { LoadCommandName, LoadCommands, LoadResponse } from './load-commands.js';

const MODULE = fileURLToPath(new URL('./load-process.js', import.meta.url));

/** A process of its own that plays one or many participants. */
export class Load {
  readonly #process: ChildProcess = fork(MODULE);
  readonly #pending = new Map<number, Deferred<LoadResponse['result']>>();
  #lastId = 0;

  constructor() {
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
    this.#process.disconnect();
  }
}
