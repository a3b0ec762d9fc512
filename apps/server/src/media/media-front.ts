import type { TwirpRequest, TwirpResponse } from '@parley/livekit';
import type { SignalHttpRequest, ThreadMetric } from './messages.js';

/** What the HTTP side hears about one signalling connection. First `accepted` or `rejected`, then the others. */
export interface SignalListener {
  accepted(): void;
  rejected(status: number, text: string): void;
  send(data: Uint8Array | string): void;
  close(code: number, reason: string): void;
}

/** One signalling connection, as the HTTP side holds it. */
export interface SignalLink {
  receive(data: Uint8Array | string): void;
  /** The client is gone. Nothing is told to the listener after it. */
  disconnect(): void;
}

/** The media threads, as the HTTP side sees them. */
export interface MediaFront {
  /** Whether media is up. */
  readonly ready: boolean;
  /** The listener is not called before this has returned. */
  connect(request: SignalHttpRequest, listener: SignalListener): SignalLink;
  validate(request: SignalHttpRequest): Promise<{ status: number; text: string }>;
  /** Answers a call of the server API. */
  callApi(request: TwirpRequest): Promise<TwirpResponse>;
  /** Metrics of the media threads, without those that do not answer. */
  metrics(): Promise<ThreadMetric[]>;
}
