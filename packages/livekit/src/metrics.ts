/** Input that was not followed, by why. */
export type DropReason =
  | 'signal-malformed'
  | 'signal-unsupported'
  | 'offer-invalid'
  | 'offer-flood'
  | 'track-refused'
  | 'metadata-refused'
  | 'change-flood'
  | 'subscription-flood'
  | 'data-flood'
  | 'data-malformed'
  | 'data-refused'
  | 'data-outdated';

/** Plain numbers for whoever publishes them; all but `sessions` only grow. */
export interface LiveKitMetrics {
  /** Signalling sessions at present. */
  sessions: number;
  joins: number;
  /** Refused joins by HTTP status. */
  joinFailures: Readonly<Record<JoinFailureStatus, number>>;
  signalsReceived: number;
  signalsSent: number;
  offers: number;
  dataPackets: number;
  drops: Readonly<Record<DropReason, number>>;
}

export type JoinFailureStatus = 400 | 401 | 404 | 503;

/** What the front counts; `LiveKitService.metrics` shows it. */
export class LiveKitCounters {
  joins = 0;
  readonly joinFailures: Record<JoinFailureStatus, number> = { 400: 0, 401: 0, 404: 0, 503: 0 };
  signalsReceived = 0;
  signalsSent = 0;
  offers = 0;
  dataPackets = 0;
  readonly drops: Record<DropReason, number> = {
    'signal-malformed': 0,
    'signal-unsupported': 0,
    'offer-invalid': 0,
    'offer-flood': 0,
    'track-refused': 0,
    'metadata-refused': 0,
    'change-flood': 0,
    'subscription-flood': 0,
    'data-flood': 0,
    'data-malformed': 0,
    'data-refused': 0,
    'data-outdated': 0,
  };

  drop(reason: DropReason): void {
    this.drops[reason] += 1;
  }
}
