import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type InitOptions = Parameters<NodeFS['init']>[1];
type InitResult = Awaited<ReturnType<NodeFS['init']>>;

/** EIO, by the numbers of WASI: PostgreSQL stops, and recovers from its log at the next start. */
const IO_ERROR = 29;

/**
 * Files on the disk, where a sync reaches the disk: the file system that comes with the engine has none, so that what is
 * committed would be lost with the machine's power.
 */
export class DurableFileSystem extends NodeFS {
  override async init(engine: PGlite, options: InitOptions): Promise<InitResult> {
    const { emscriptenOpts } = await super.init(engine, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), addSync];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function addSync({ NODEFS }: { NODEFS: unknown }): void {
  const { stream_ops } = NODEFS as { stream_ops: { fsync?: (stream: { nfd?: number }) => number } };
  stream_ops.fsync = ({ nfd }) => {
    if (nfd === undefined) return 0;
    try {
      fsyncSync(nfd);
      return 0;
    } catch {
      return IO_ERROR;
    }
  };
}
