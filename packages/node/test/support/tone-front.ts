import type { ThreadMetric } from '@parley/core';
import { silentObserver } from '@parley/sfu';
import type { Participant, ParticipantObserver } from '@parley/sfu';
import type { PlainRtpParameters, PlainRtpState, PlainRtpTransport } from '@parley/transport';
import type { Front, FrontContext, OpenAnswer } from '../../src/front.js';

const PCMU = { mimeType: 'audio/PCMU', payloadType: 0, clockRate: 8_000 };
const PERMISSIONS = {
  canPublish: true,
  canSubscribe: true,
  canPublishData: false,
  canUpdateOwnMetadata: false,
  canPublishSources: [],
  hidden: false,
};

/** A call of the front's, as its participant. */
export interface ToneCall {
  participant: Participant;
  transport: PlainRtpTransport;
  /** Of the transport, in the order in which they came. */
  states: PlainRtpState[];
}

/** A front for telephones without signalling: who calls is in the room at once, publishes what it sends and hears the others. */
export class ToneFront implements Front {
  readonly name = 'tone';
  readonly deadline = Infinity;
  readonly #context: FrontContext;

  constructor(context: FrontContext) {
    this.#context = context;
  }

  /** Takes a call into a room. */
  call(room: string, identity: string, parameters: PlainRtpParameters): ToneCall {
    const states: PlainRtpState[] = [];
    const transport = this.#context.plainRtp.createTransport({ address: '127.0.0.1' }, parameters, {
      onStateChange: (state) => {
        states.push(state);
        participant.transportStateChanged(transport);
      },
    });
    const observer: ParticipantObserver = {
      ...silentObserver,
      // Not at once: the sfu is in the middle of it.
      onSubscriptionsChanged: () => {
        queueMicrotask(() => {
          subscribe(participant, transport);
        });
      },
    };
    const participant = this.#context.sfu.room(room).join({
      identity,
      kind: 'sip',
      name: identity,
      metadata: '',
      attributes: {},
      permissions: PERMISSIONS,
      autoSubscribe: true,
      transports: { publisher: transport, subscriber: transport },
      observer,
    });
    participant.setJoined();
    participant.publish({ kind: 'audio', source: 'microphone', name: 'line', muted: false }).attach(
      transport.createReceiver({
        mid: 'line',
        kind: 'audio',
        codecs: [PCMU],
        extensions: {},
        ssrcs: [],
        rtxPairs: [],
        rids: [],
      }),
    );
    return { participant, transport, states };
  }

  open(): Promise<OpenAnswer> {
    return Promise.resolve({ ok: false, status: 404, text: 'A telephone has no link' });
  }

  ask(): Promise<unknown> {
    return Promise.resolve(undefined);
  }

  handleTimeout(): void {
    // Nothing is ever due.
  }

  metrics(): ThreadMetric[] {
    return [];
  }

  drain(): void {
    // Calls go on.
  }

  close(): void {
    // They ended with their rooms.
  }
}

/** Closes the difference between what the participant is subscribed to and what is sent to its phone. */
function subscribe({ subscriptions }: Participant, transport: PlainRtpTransport): void {
  for (const [mid, subscription] of subscriptions) {
    const codec = subscription.publication.codecs.find(({ mimeType }) => mimeType === PCMU.mimeType);
    if (subscription.sender || !codec) continue;
    subscription.attach(transport.createSender({ mid, kind: 'audio', codecs: [PCMU] }), codec);
  }
}
