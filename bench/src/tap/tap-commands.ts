/** What the parent tells the process that measures. */
export interface TapOrder {
  subscribers: number;
  seconds: number;
}

/** What it answers: microseconds of its thread for each packet received. */
export interface TapResult {
  without: number;
  with: number;
  /** Packets that the tap's reader was too slow for. */
  lost: number;
}
