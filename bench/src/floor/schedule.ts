/** Packets that leave at regular times, each frame to several receivers. */
export interface Flow {
  framesPerSecond: number;
  packetsPerFrame: number;
  /** Bytes of a packet's payload, of one frame after the other. */
  payloadSizes: readonly number[];
  /** By number. */
  receivers: readonly number[];
}

/** Words of one row of a schedule: when, in microseconds; receiver, packets, bytes of each one's payload. */
const ROW_WORDS = 4;
const MICROSECONDS = 1_000_000;

/**
 * One second of these flows, as the native loop takes it: rows by their time. Flows of one frame rate are spread over
 * the time between two frames, as people who know nothing of each other are.
 */
export function schedule(flows: readonly Flow[]): Uint32Array {
  const rows: number[][] = [];
  flows.forEach(({ framesPerSecond, packetsPerFrame, payloadSizes, receivers }, index) => {
    const interval = MICROSECONDS / framesPerSecond;
    const offset = (index / flows.length) * interval;
    for (let frame = 0; frame < framesPerSecond; frame += 1) {
      const at = Math.floor(frame * interval + offset);
      const payloadSize = payloadSizes[frame % payloadSizes.length] ?? 0;
      for (const receiver of receivers) rows.push([at, receiver, packetsPerFrame, payloadSize]);
    }
  });
  rows.sort(([a = 0], [b = 0]) => a - b);
  const words = new Uint32Array(rows.length * ROW_WORDS);
  rows.forEach((row, index) => words.set(row, index * ROW_WORDS));
  return words;
}
