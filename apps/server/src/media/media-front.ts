import type { RoomPeople } from '@parley/contract';
import type { ThreadMetric } from '@parley/core';
import type { TwirpRequest, TwirpResponse } from '@parley/livekit';
import type { SignalHttpRequest } from '@parley/node/main-thread';
import type { Link, LinkListener } from './links.js';

export type { Link as SignalLink, LinkListener as SignalListener } from './links.js';

/** LiveKit's front on the media threads, as the HTTP side sees it. */
export interface MediaFront {
  /** Whether media is up. */
  readonly ready: boolean;
  /** The listener is not called before this has returned. */
  connect(request: SignalHttpRequest, listener: LinkListener): Link;
  validate(request: SignalHttpRequest): Promise<{ status: number; text: string }>;
  /** Answers a call of the server API. */
  callApi(request: TwirpRequest): Promise<TwirpResponse>;
  /** Who is in a room, hidden ones, recorders and agents left out; undefined when no thread answers. */
  people(room: string, mostNames: number): Promise<RoomPeople | undefined>;
  /** Metrics of the media threads, without those that do not answer. */
  metrics(): Promise<ThreadMetric[]>;
}
