/** Tags of protobuf: field number times eight, and the wire type (0 a varint, 2 of a length that follows). */
const PING = 0x70;
const PING_REQ = [0x82, 0x01] as const;
const PONG = [0x90, 0x01] as const;
const PONG_RESP = [0xa2, 0x01] as const;
const FIRST_FIELD = 0x08;
const SECOND_FIELD = 0x10;
const LONGEST_VARINT = 10;

/**
 * Answers a client's ping without protobuf's code, and so without asking the media thread: every client sends two of them
 * each five seconds, and nothing else while its call goes on.
 *
 * @param frame A binary frame from a client: a SignalRequest (livekit_rtc.proto).
 * @param now Milliseconds since 1970.
 * @returns The frame to answer with, a SignalResponse with `pong` or `pong_resp`; undefined for all that is no ping.
 */
export function answerToPing(frame: Uint8Array, now: number): Uint8Array | undefined {
  if (frame[0] === PING) {
    return endOfVarint(frame, 1) === frame.length ? Uint8Array.of(...PONG, ...varint(now)) : undefined;
  }
  if (frame[0] !== PING_REQ[0] || frame[1] !== PING_REQ[1] || frame[2] !== frame.length - 3) return undefined;
  let end = 3;
  let timestamp = new Uint8Array();
  if (frame[end] === FIRST_FIELD) {
    const start = end + 1;
    end = endOfVarint(frame, start);
    timestamp = frame.slice(start, end);
  }
  // What round trip the client measured is not looked at.
  if (frame[end] === SECOND_FIELD) end = endOfVarint(frame, end + 1);
  if (end !== frame.length) return undefined;
  const last = timestamp.length === 0 ? [] : [FIRST_FIELD, ...timestamp];
  const pong = [...last, SECOND_FIELD, ...varint(now)];
  return Uint8Array.of(...PONG_RESP, pong.length, ...pong);
}

/** Where the varint that begins at `start` is over; NaN, which is nowhere, when it is not a whole one. */
function endOfVarint(bytes: Uint8Array, start: number): number {
  for (let end = start; end < Math.min(bytes.length, start + LONGEST_VARINT); end++) {
    if (bytes[end]! < 0x80) return end + 1;
  }
  return Number.NaN;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = Math.floor(value);
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}
