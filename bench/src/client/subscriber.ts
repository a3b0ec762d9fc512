import { writeReceiverReport } from '@parley/rtp';
import type { SessionDescription } from '@parley/rtp';
import { ReceiveStream } from '@parley/transport';
import { Deferred } from '../deferred.js';
import { Participant, type ParticipantOptions } from './participant.js';

const REPORT_INTERVAL_MS = 1_000;
const VIDEO_CLOCK_RATE = 90_000;
const AUDIO_CLOCK_RATE = 48_000;

/** A participant who receives whatever the others publish, counts it and reports on it. */
export class Subscriber {
  readonly #participant: Participant;
  readonly #streams: ReadonlyMap<number, ReceiveStream>;
  readonly #reporterSsrc: number;
  #nextReportAt: number;

  private constructor(
    options: ParticipantOptions,
    participant: Participant,
    streams: Map<number, ReceiveStream>,
  ) {
    this.#participant = participant;
    this.#streams = streams;
    this.#reporterSsrc = new DataView(options.random(4).slice().buffer).getUint32(0);
    this.#nextReportAt = options.now() + REPORT_INTERVAL_MS;
  }

  /** Joins and resolves with the first media packet. `onJoining`: as with `Participant.join`. */
  static async subscribe(
    options: ParticipantOptions,
    onJoining: (participant: Participant) => void,
  ): Promise<{ subscriber: Subscriber; millisecondsToMedia: number }> {
    const started = options.now();
    const streams = new Map<number, ReceiveStream>();
    const firstMedia = new Deferred<number>();
    const participant = await Participant.join(
      options,
      {
        onAnswer: (answer) => addStreams(streams, answer),
        onRtp: (ssrc, sequence, timestamp, now) => {
          streams.get(ssrc)?.receive(sequence, timestamp, now);
          firstMedia.resolve(now - started);
        },
        onRtcp: () => undefined,
      },
      onJoining,
    );
    const subscriber = new Subscriber(options, participant, streams);
    return { subscriber, millisecondsToMedia: await firstMedia.promise };
  }

  /** Media packets received, without retransmissions and duplicates. */
  get received(): number {
    return this.#sum(({ received, duplicates }) => received - duplicates);
  }

  /** Packets that the sequence numbers show missing. */
  get lost(): number {
    return this.#sum(({ lost }) => Math.max(0, lost));
  }

  handleTimers(now: number): void {
    if (now < this.#nextReportAt) return;
    this.#nextReportAt = now + REPORT_INTERVAL_MS;
    const active = [...this.#streams.values()].filter(({ received }) => received > 0);
    this.#participant.connection.sendRtcp((out, offset) =>
      writeReceiverReport(out, offset, {
        ssrc: this.#reporterSsrc,
        reports: active.map((stream) => stream.reportBlock(now)),
      }),
    );
    this.#participant.connection.flush();
  }

  close(): void {
    this.#participant.close();
  }

  #sum(of: (stream: ReceiveStream) => number): number {
    let sum = 0;
    for (const stream of this.#streams.values()) sum += of(stream);
    return sum;
  }
}

/** The streams that an answer announces; retransmissions have streams of their own, which do not count. */
function addStreams(streams: Map<number, ReceiveStream>, answer: SessionDescription): void {
  for (const section of answer.media) {
    if (section.direction !== 'sendonly') continue;
    const retransmissions = new Set(section.rtxPairs.map(([, rtxSsrc]) => rtxSsrc));
    for (const { ssrc } of section.ssrcs) {
      if (retransmissions.has(ssrc) || streams.has(ssrc)) continue;
      const clockRate = section.kind === 'audio' ? AUDIO_CLOCK_RATE : VIDEO_CLOCK_RATE;
      streams.set(ssrc, new ReceiveStream({ ssrc, clockRate }));
    }
  }
}
