/** What a `TransportServer` serves: fed with packets and the time, it writes what it sends into the server's batch. */
export interface ServedTransport {
  /** When `handleTimeout` has something to do; Infinity if nothing is due. */
  readonly deadline: number;
  handleTimeout(now: number): void;
  /** Received descriptors `first` to `last` (exclusive); several are one stream's RTP packets. */
  receive(rx: Uint32Array, first: number, last: number, now: number): void;
  /** The thread stood still for so many milliseconds, in which it could hear nobody. */
  handleStall(milliseconds: number): void;
  /** Writes into the batch what waits since `TransportServer.schedule`. */
  writePending?(): void;
  /** Idempotent. */
  close(): void;
  /** Closes it because of an error. */
  fail(): void;
}
