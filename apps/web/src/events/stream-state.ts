import { SESSION_ENDED, TOO_SLOW, type EventFrame, type WorkspaceEventBody } from '@parley/contract';

/** What is known of the stream of events, apart from the connection that carries it now. */
export interface StreamState {
  /** The newest position that one has; undefined before the first connection. */
  position: string | undefined;
  /** Connections in a row that ended before the server said hello. */
  failures: number;
}

/** What a frame means to whoever listens. */
export type StreamNews =
  { type: 'event'; event: WorkspaceEventBody } | { type: 'reload' } | { type: 'resumed' } | undefined;

/** What is to be done once a connection is gone. */
export type AfterClose = { type: 'signed_out' } | { type: 'reconnect'; inMs: number };

export const FIRST_STATE: StreamState = { position: undefined, failures: 0 };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export function afterFrame(state: StreamState, frame: EventFrame): { state: StreamState; news: StreamNews } {
  if (frame.type === 'event') {
    const position = frame.position ?? state.position;
    return { state: { ...state, position }, news: { type: 'event', event: frame.event } };
  }
  // What was missed follows with positions of its own, older than that of the hello.
  if (frame.resumed && state.position !== undefined)
    return { state: { ...state, failures: 0 }, news: { type: 'resumed' } };
  return { state: { position: frame.position, failures: 0 }, news: { type: 'reload' } };
}

/** @param random From 0 to 1: so that not all come back at once to a server that starts again. */
export function afterClose(
  state: StreamState,
  code: number,
  random: number,
): { state: StreamState; next: AfterClose } {
  if (code === SESSION_ENDED) return { state, next: { type: 'signed_out' } };
  // Who was too slow is welcome at once.
  if (code === TOO_SLOW) return { state, next: { type: 'reconnect', inMs: 0 } };
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** state.failures);
  const inMs = Math.round((longest * (1 + random)) / 2);
  return { state: { ...state, failures: state.failures + 1 }, next: { type: 'reconnect', inMs } };
}
