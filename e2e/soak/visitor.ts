import { DataPacket, DataPacket_Kind, UserPacket } from '@livekit/protocol';
import { Participant } from '../../bench/src/client/participant.js';
import { Publisher } from '../../bench/src/client/publisher.js';
import { Receiver } from '../../bench/src/client/receiver.js';
import type { VideoLayer } from '../../bench/src/client/vp8-stream.js';
import type { SeededRandom } from '../support/random.js';
import type { ParleyServer } from '../support/server.js';
import { pause, within } from '../support/wait.js';

/** What visitors have done so far. */
export interface Visits {
  joins: number;
  resumes: number;
  republished: number;
  messagesSent: number;
  messagesReceived: number;
  packetsReceived: number;
}

export interface VisitorOptions {
  server: ParleyServer;
  name: string;
  random: SeededRandom;
  visits: Visits;
  /** The room to visit next. */
  nextRoom: () => string;
}

const SHORTEST_STAY_MS = 3_000;
const LONGEST_STAY_MS = 12_000;
const BETWEEN_ACTS_MS = 1_000;
const TIMER_MS = 10;
const PAYLOAD_BYTES = 2_000;
/** A sixth of what is done is to lose the signalling connection, another sixth to publish anew. */
const ACTS = 6;
/** Modest: the machine has other things to do. */
const LAYERS: VideoLayer[] = [
  { rid: 'q', width: 160, height: 120, framesPerSecond: 5, packetsPerFrame: 1, payloadSize: 500 },
  { rid: 'h', width: 320, height: 240, framesPerSecond: 5, packetsPerFrame: 3, payloadSize: 900 },
];

/** One stay of somebody in a room, who does there what people do. */
export class Visitor {
  readonly #options: VisitorOptions;
  readonly #receiver: Receiver;
  #participant: Participant | undefined;
  #publisher: Publisher | undefined;
  #sequence = 0;

  private constructor(options: VisitorOptions) {
    this.#options = options;
    this.#receiver = new Receiver(this.#clock);
  }

  /** Visits one room after the other until that time, of `performance.now`. */
  static async run(options: VisitorOptions, until: number): Promise<void> {
    while (performance.now() < until) await new Visitor(options).#visit();
  }

  get #clock() {
    return {
      now: () => performance.now(),
      wall: () => Date.now(),
      random: (bytes: number) => new Uint8Array(this.#options.random.bytes(bytes)),
    };
  }

  async #visit(): Promise<void> {
    const { random, visits } = this.#options;
    const timer = setInterval(() => this.#handleTimeout(), TIMER_MS);
    try {
      const participant = await within('joining', this.#join());
      visits.joins += 1;
      const publisher = new Publisher({ ...this.#clock, participant });
      this.#publisher = publisher;
      let sound = await within('publishing sound', publisher.publishAudio());
      if (random.below(2) === 0) await within('publishing a picture', publisher.publishVideo(LAYERS));
      const stay = SHORTEST_STAY_MS + random.below(LONGEST_STAY_MS - SHORTEST_STAY_MS);
      for (const end = performance.now() + stay; performance.now() < end;) {
        const act = random.below(ACTS);
        if (act === 0) {
          await within('resuming', participant.resume());
          visits.resumes += 1;
        } else if (act === 1) {
          await within('unpublishing', publisher.unpublish(sound));
          sound = await within('publishing again', publisher.publishAudio());
          visits.republished += 1;
        }
        this.#write(participant, act % 2 === 0);
        await pause(BETWEEN_ACTS_MS);
      }
      visits.packetsReceived += this.#receiver.received;
    } finally {
      clearInterval(timer);
      this.#participant?.close();
    }
  }

  async #join(): Promise<Participant> {
    const { server, name, nextRoom, visits } = this.#options;
    const token = await server.token({ identity: name, grant: { roomJoin: true, room: nextRoom() } });
    return Participant.join(
      { ...this.#clock, url: server.webSocketUrl, token },
      {
        onAnswer: (answer) => this.#receiver.receiveAnswer(answer),
        onRtp: (descriptors, at, pool, now) => this.#receiver.receiveRtp(descriptors, at, pool, now),
        onRtcp: (packets, now) => {
          this.#receiver.receiveRtcp(packets, now);
          this.#publisher?.receiveRtcp(packets);
        },
        onData: () => (visits.messagesReceived += 1),
      },
      (joining) => {
        this.#participant = joining;
      },
    );
  }

  #write(participant: Participant, reliable: boolean): void {
    const payload = new Uint8Array(this.#options.random.bytes(PAYLOAD_BYTES));
    const packet = new DataPacket({
      kind: reliable ? DataPacket_Kind.RELIABLE : DataPacket_Kind.LOSSY,
      sequence: reliable ? ++this.#sequence : 0,
      value: { case: 'user', value: new UserPacket({ payload }) },
    });
    participant.connection.sendData(packet.toBinary(), reliable);
    this.#options.visits.messagesSent += 1;
  }

  #handleTimeout(): void {
    const now = performance.now();
    this.#publisher?.handleTimeout(now);
    if (this.#participant === undefined) return;
    this.#participant.handleTimeout(now);
    this.#receiver.handleTimeout(now, this.#participant.connection);
  }
}
