/** What the parent tells the process that sends. */
export interface FloorOrder {
  ports: number[];
  /** See `schedule`. */
  rows: number[];
  seconds: number;
  /** Bytes of an RTP header with the extensions that servers write. */
  headerSize: number;
  encrypt: boolean;
}

/** What it answers. */
export interface FloorResult {
  packets: number;
  microseconds: number;
}
