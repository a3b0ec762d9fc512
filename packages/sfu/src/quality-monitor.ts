import type { ReceiveStream, RtpSender } from '@parley/transport';
import { LossMeter, QualityMeter, trackScore } from './connection-quality.js';
import type { Measurements } from './measurements.js';
import type { Participant, QualityChange } from './participant.js';

/** Milliseconds between two looks. */
export const QUALITY_INTERVAL = 5000;

/** Watches how well media gets through to and from the participants of one room, and tells them. */
export class QualityMonitor {
  readonly #measurements: Omit<Measurements, 'firstMedia'>;
  readonly #meters = new WeakMap<Participant, QualityMeter>();
  readonly #losses = new WeakMap<ReceiveStream | RtpSender, LossMeter>();
  /** Whose quality each participant was notified of. */
  readonly #notified = new WeakMap<Participant, WeakSet<Participant>>();

  constructor(measurements: Omit<Measurements, 'firstMedia'>) {
    this.#measurements = measurements;
  }

  /** To be called once an interval. Everybody is notified of its own quality, and of those whom it receives. */
  update(participants: Iterable<Participant>): void {
    const active = [...participants].filter(({ state }) => state === 'active');
    const bySid = new Map(active.map((participant) => [participant.sid, participant]));
    const changed = new Set(active.filter((participant) => this.#measure(participant)));
    for (const participant of active) {
      const notified = this.#notified.get(participant) ?? new WeakSet();
      this.#notified.set(participant, notified);
      const changes = [...concerning(participant, bySid)]
        .filter((other) => changed.has(other) || !notified.has(other))
        .map((other) => this.#change(other));
      for (const { participant: other } of changes) notified.add(other);
      if (changes.length > 0) participant.observer.onQualitiesChanged(changes);
    }
  }

  /** Whether the participant's quality is another one. */
  #measure(participant: Participant): boolean {
    const scores: number[] = [];
    const { allocated, estimate, receivedLoss, roundTrip, sentLoss } = this.#measurements;
    const rtts = [...participant.subscriptions.values()].flatMap(({ sender }) => sender?.rtt ?? []);
    const rtt = rtts.length > 0 ? Math.min(...rtts) : 0;
    if (rtts.length > 0) roundTrip.observe(rtt / 1000);
    const { transports } = participant;
    const bandwidth = transports?.subscriber.bandwidth;
    if (bandwidth) {
      estimate.observe(bandwidth.estimate);
      allocated.observe(bandwidth.allocatedBitrate);
    }
    for (const { kind, streams } of participant.publications.values()) {
      for (const stream of streams) {
        const { lost, extendedHighestSequence } = stream.statistics;
        const loss = this.#loss(stream).update(lost, extendedHighestSequence);
        if (loss === undefined) continue;
        receivedLoss.observe(loss);
        scores.push(trackScore(kind, loss, rtt));
      }
    }
    for (const { publication, sender } of participant.subscriptions.values()) {
      const report = sender?.lastReport;
      if (!sender || !report) continue;
      const loss = this.#loss(sender).update(report.cumulativeLost, report.extendedHighestSequence);
      if (loss === undefined) continue;
      sentLoss.observe(loss);
      scores.push(trackScore(publication.kind, loss, rtt));
    }
    const isLost = [transports?.subscriber, transports?.publisher].some(
      (transport) => transport?.state === 'disconnected',
    );
    return this.#meter(participant).update(scores.length > 0 ? Math.min(...scores) : undefined, isLost);
  }

  #change(participant: Participant): QualityChange {
    const { quality, score } = this.#meter(participant);
    return { participant, quality, score };
  }

  #meter(participant: Participant): QualityMeter {
    const meter = this.#meters.get(participant) ?? new QualityMeter();
    this.#meters.set(participant, meter);
    return meter;
  }

  #loss(stream: ReceiveStream | RtpSender): LossMeter {
    const meter = this.#losses.get(stream) ?? new LossMeter();
    this.#losses.set(stream, meter);
    return meter;
  }
}

/** Itself and those whom it receives, as far as they are active and not hidden. */
function concerning(participant: Participant, active: ReadonlyMap<string, Participant>): Set<Participant> {
  const others = [...participant.subscriptions.values()].flatMap(
    ({ publication }) => active.get(publication.participant.sid) ?? [],
  );
  return new Set([participant, ...others.filter(({ permissions }) => !permissions.hidden)]);
}
