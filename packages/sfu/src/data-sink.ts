/** Takes data packets on their way to one participant, as a data channel does. */
export interface DataSink {
  /** The payload is kept, not copied. Returns false where it is not taken, as when the reader is too slow. */
  send(payload: Uint8Array): boolean;
}
