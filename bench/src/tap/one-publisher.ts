import { randomBytes } from 'node:crypto';
import { createCounters } from '@parley/core';
import {
  Sfu,
  silentObserver,
  type MediaTransportState,
  type ParticipantTransports,
  type Publication,
  type Tap,
} from '@parley/sfu';
import { KeptPackets, rtpMetrics, RtpSession, SendBatch } from '@parley/transport';
import { RX, RX_WORDS, RxKind, SLOT_SIZE, TX_WORDS } from '@parley/wire';

const SLOTS = 4_096;
/** Packets of one frame at most. */
const MAX_FRAME = 64;
const OUTGOING = 4_096;
const SCRATCH = 1 << 20;
const SSRC = 77;
const HEADER_SIZE = 12;
const MARKER = 1 << 23;
const TIMESTAMP_STEP = 3_600;
const CODEC = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, rtxPayloadType: 97 };
/** Descriptors and first bytes of frames. */
const KEY_FRAME = [0x10, 0x00, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01];
const DELTA_FRAME = [0x10, 0x01, 0x00, 0x00];
const PERMISSIONS = {
  canPublish: true,
  canSubscribe: true,
  canPublishData: true,
  canUpdateOwnMetadata: true,
  canPublishSources: [],
  hidden: false,
};

/**
 * One publisher of a video and those who receive it, in this process: everything between the wire and the wire is the real
 * thing, but nothing is encrypted or sent.
 */
export class OnePublisher {
  #now = 1_000;
  #sequence = 0;
  #timestamp = 0;
  #slot = 0;
  #sent = 0;
  readonly #pool = new Uint8Array(SLOTS * SLOT_SIZE);
  readonly #received = new Uint32Array(MAX_FRAME * RX_WORDS);
  readonly #batch: SendBatch;
  readonly #publisher: RtpSession;
  readonly #publication: Publication;
  readonly #sfu: Sfu;

  constructor(subscribers: number) {
    const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes));
    const now = (): number => this.#now;
    const memory = {
      pool: this.#pool,
      outgoing: new Uint32Array(OUTGOING * TX_WORDS),
      outgoingCapacity: OUTGOING,
      scratch: new Uint8Array(SCRATCH),
      release: () => undefined,
      flush: (count: number) => {
        this.#sent += count;
      },
    };
    this.#batch = new SendBatch(memory);
    const context = {
      packets: new KeptPackets(memory, SLOTS),
      batch: this.#batch,
      counted: createCounters(rtpMetrics),
      packetsPerSecond: Number.MAX_SAFE_INTEGER,
      now,
      random,
    };
    this.#sfu = new Sfu({
      clock: { now, wall: now },
      random,
      limits: { rooms: 1, participantsPerRoom: subscribers + 1, publicationsPerParticipant: 1 },
    });
    const room = this.#sfu.room('tap');
    const join = (identity: string) => {
      const session = new RtpSession(context, { onDeadline: () => undefined });
      session.open(0);
      const state: MediaTransportState = 'connected';
      const transport = { state, bandwidth: undefined, close: () => undefined };
      const transports: ParticipantTransports = { publisher: transport, subscriber: transport };
      const participant = room.join({
        identity,
        name: identity,
        metadata: '',
        attributes: {},
        permissions: PERMISSIONS,
        autoSubscribe: true,
        transports,
        observer: silentObserver,
      });
      participant.setJoined();
      return { participant, session };
    };
    const publisher = join('publisher');
    this.#publisher = publisher.session;
    const { participant } = publisher;
    this.#publication = participant.publish({ kind: 'video', source: 'camera', name: 'video', muted: false });
    const section = { kind: 'video', codecs: [CODEC] } as const;
    this.#publication.attach(
      this.#publisher.createReceiver({
        ...section,
        mid: '0',
        extensions: {},
        ssrcs: [SSRC],
        rtxPairs: [],
        rids: [],
      }),
    );
    for (let index = 0; index < subscribers; index += 1) {
      const subscriber = join(`subscriber-${index}`);
      const sender = subscriber.session.createSender({ ...section, mid: '0', transportSequence: 3 });
      subscriber.participant.subscriptions.get(this.#publication.sid)?.attach(sender);
    }
  }

  /** Packets handed to the wire: media, and what else is written. */
  get sent(): number {
    return this.#sent;
  }

  addTap(tap: Tap): void {
    this.#publication.addTap(tap);
  }

  removeTap(tap: Tap): void {
    this.#publication.removeTap(tap);
  }

  /** A frame of so many packets comes, all in one batch, 40 ms after the one before. */
  receiveFrame(packets: number, payloadSize: number, isKeyFrame: boolean): void {
    this.#now += 40;
    this.#timestamp = (this.#timestamp + TIMESTAMP_STEP) >>> 0;
    for (let index = 0; index < packets; index += 1) this.#put(index, packets, payloadSize, isKeyFrame);
    this.#publisher.receiveRtp(this.#received, 0, packets, this.#now);
    this.#batch.flush();
  }

  /** What the server's timers do between frames. */
  handleTimeout(): void {
    if (this.#now >= this.#sfu.deadline) this.#sfu.handleTimeout(this.#now);
    if (this.#now >= this.#publisher.deadline) this.#publisher.handleTimeout(this.#now);
    this.#batch.flush();
  }

  #put(index: number, packets: number, payloadSize: number, isKeyFrame: boolean): void {
    const rx = this.#received;
    const at = index * RX_WORDS;
    this.#slot = (this.#slot + 1) % SLOTS;
    const start = isKeyFrame ? KEY_FRAME : DELTA_FRAME;
    if (index === 0) this.#pool.set(start, this.#slot * SLOT_SIZE + HEADER_SIZE);
    else this.#pool[this.#slot * SLOT_SIZE + HEADER_SIZE] = 0;
    rx.fill(0, at, at + RX_WORDS);
    rx[at + RX.KIND] = RxKind.RTP;
    rx[at + RX.SLOT] = this.#slot;
    rx[at + RX.LENGTH] = HEADER_SIZE + payloadSize;
    rx[at + RX.SSRC] = SSRC;
    rx[at + RX.SEQUENCE] = this.#sequence | (CODEC.payloadType << 16) | (index === packets - 1 ? MARKER : 0);
    rx[at + RX.TIMESTAMP] = this.#timestamp;
    rx[at + RX.PAYLOAD] = HEADER_SIZE | (payloadSize << 16);
    this.#sequence = (this.#sequence + 1) & 0xffff;
  }
}
