import { threadMetrics, type ThreadMetric } from '@parley/core';
import { liveKitMetrics, LiveKitService, type JoinHttpRequest, type LiveKitOptions } from '@parley/livekit';
import type { Front, FrontConnection, FrontContext, FrontFactory, OpenAnswer } from '../front.js';
import {
  LIVEKIT,
  liveKitOpenSchema,
  liveKitQuestionSchema,
  type SignalHttpRequest,
} from './livekit-messages.js';
import { peopleIn } from './people-in.js';

/** What the main thread gives LiveKit's front at the start. */
export interface LiveKitFrontData extends Pick<
  LiveKitOptions,
  'keys' | 'iceServers' | 'version' | 'autoCreate' | 'remoteUnmute' | 'dataPacketsPerSecond'
> {
  /** Whether webhook events are wanted. */
  webhooks: boolean;
}

/** LiveKit's signalling and server API as a front of the node. */
class LiveKitFront implements Front {
  readonly name = LIVEKIT;
  readonly #service: LiveKitService;
  readonly #sfu: FrontContext['sfu'];

  constructor({ webhooks, ...options }: LiveKitFrontData, context: FrontContext) {
    const { emit, webRtc: server, ...rest } = context;
    this.#sfu = context.sfu;
    this.#service = new LiveKitService({ ...options, ...rest, server, ...(webhooks && { onWebhook: emit }) });
  }

  get deadline(): number {
    return this.#service.deadline;
  }

  handleTimeout(now: number): void {
    this.#service.handleTimeout(now);
  }

  open(payload: unknown, connection: FrontConnection): Promise<OpenAnswer> {
    return this.#service.connect(toJoinHttpRequest(liveKitOpenSchema.parse(payload)), connection);
  }

  ask(payload: unknown): Promise<unknown> {
    const question = liveKitQuestionSchema.parse(payload);
    switch (question.type) {
      case 'validate':
        return this.#service.validate(toJoinHttpRequest(question.request));
      case 'call-api':
        return this.#service.callApi(question.request);
      case 'people':
        return Promise.resolve(peopleIn(this.#sfu.rooms.get(question.room), question.mostNames));
    }
  }

  metrics(): ThreadMetric[] {
    return threadMetrics(liveKitMetrics, this.#service.metrics());
  }

  drain(): void {
    // The sfu begins no room any more; sessions of those that are there go on.
  }

  close(): void {
    // Every session ended with its room.
  }
}

export function liveKitFront(data: LiveKitFrontData): FrontFactory {
  return (context) => new LiveKitFront(data, context);
}

function toJoinHttpRequest({
  path,
  query,
  authorization,
  userAgent,
  address,
}: Omit<SignalHttpRequest, 'authorization'> & { authorization?: string | undefined }): JoinHttpRequest {
  return { version: path, query: new URLSearchParams(query), authorization, userAgent, address };
}
