import { claimedSeat, tokenOfRequest } from '@parley/access';
import type { RoomPeople } from '@parley/contract';
import type { ThreadMetric } from '@parley/core';
import type { TwirpRequest, TwirpResponse } from '@parley/livekit';
import { answerToPing } from '@parley/livekit/ping';
import { apiScope, mergeRoomLists } from '@parley/livekit/room-routing';
import { TwirpError } from '@parley/livekit/twirp-error';
import {
  LIVEKIT,
  peopleSchema,
  twirpResponseSchema,
  validationSchema,
  type LiveKitQuestion,
  type SignalHttpRequest,
} from '@parley/node/main-thread';
import type { Link, LinkListener, MediaLinks } from './links.js';
import type { MediaFront } from './media-front.js';

export interface LiveKitLinksOptions {
  media: MediaLinks & Pick<MediaFront, 'ready' | 'metrics'>;
  /** Milliseconds since 1970. */
  wall: () => number;
}

const UNAVAILABLE = { status: 503, text: 'media is not available' };

/**
 * LiveKit's half in the main thread: knows which room a request is about, and puts requests into messages. Pings it answers
 * itself.
 */
export class LiveKitLinks implements MediaFront {
  readonly #media: LiveKitLinksOptions['media'];
  readonly #wall: () => number;

  constructor({ media, wall }: LiveKitLinksOptions) {
    this.#media = media;
    this.#wall = wall;
  }

  get ready(): boolean {
    return this.#media.ready;
  }

  connect(request: SignalHttpRequest, listener: LinkListener): Link {
    const link = this.#media.open(LIVEKIT, roomOf(request), request, listener);
    return {
      receive: (data) => {
        const pong = typeof data === 'string' ? undefined : answerToPing(data, this.#wall());
        if (pong === undefined) link.receive(data);
        else listener.send(pong);
      },
      disconnect: () => {
        link.disconnect();
      },
    };
  }

  async validate(request: SignalHttpRequest): Promise<{ status: number; text: string }> {
    const question: LiveKitQuestion = { type: 'validate', request };
    const answer = await this.#media.ask(LIVEKIT, roomOf(request), question, false);
    return answer === undefined ? UNAVAILABLE : validationSchema.parse(answer);
  }

  async callApi(request: TwirpRequest): Promise<TwirpResponse> {
    const question: LiveKitQuestion = { type: 'call-api', request };
    const scope = apiScope(request);
    if (scope.of === 'all-rooms') {
      const [first, ...others] = await this.#media.askAll(LIVEKIT, question);
      return mergeRoomLists([toTwirpResponse(first), ...others.map(toTwirpResponse)]);
    }
    const room = scope.of === 'room' ? scope.room : undefined;
    return toTwirpResponse(await this.#media.ask(LIVEKIT, room, question, true));
  }

  async people(room: string, mostNames: number): Promise<RoomPeople | undefined> {
    const question: LiveKitQuestion = { type: 'people', room, mostNames };
    const answer = await this.#media.ask(LIVEKIT, room, question, false);
    return answer === undefined ? undefined : peopleSchema.parse(answer);
  }

  metrics(): Promise<ThreadMetric[]> {
    return this.#media.metrics();
  }
}

function toTwirpResponse(answer: unknown): TwirpResponse {
  if (answer !== undefined) return twirpResponseSchema.parse(answer);
  const error = new TwirpError('unavailable', UNAVAILABLE.text);
  return { status: error.status, contentType: 'application/json', body: Buffer.from(error.toJsonString()) };
}

/** The room that the request's token names; the thread that gets the request is the one to judge it. */
function roomOf({ authorization, query }: SignalHttpRequest): string | undefined {
  const { room } = claimedSeat(tokenOfRequest(authorization, new URLSearchParams(query)));
  return room === '' ? undefined : room;
}
