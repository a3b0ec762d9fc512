import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { FloorOrder, FloorResult } from './floor-commands.js';

/** bench/native/floor.cc */
interface FloorAddon {
  run(
    ports: Uint32Array,
    rows: Uint32Array,
    seconds: number,
    headerSize: number,
    encrypt: boolean,
  ): [packets: number, microseconds: number];
}

const ADDON = fileURLToPath(new URL('../../native/build/Release/floor.node', import.meta.url));
const addon = createRequire(import.meta.url)(ADDON) as FloorAddon;

process.on('message', ({ ports, rows, seconds, headerSize, encrypt }: FloorOrder) => {
  const [packets, microseconds] = addon.run(
    Uint32Array.from(ports),
    Uint32Array.from(rows),
    seconds,
    headerSize,
    encrypt,
  );
  const result: FloorResult = { packets, microseconds };
  process.send?.(result);
});
process.on('disconnect', () => process.exit());
