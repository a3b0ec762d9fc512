import { createCounters } from '@parley/core';
import type { TransportFeedback } from '@parley/rtp';
import { AcknowledgedBitrate } from './acknowledged-bitrate.js';
import { AimdRateControl, type RateControlState } from './aimd-rate-control.js';
import { ApplicationLimit } from './application-limit.js';
import { congestionMetrics, type CongestionCounters } from './congestion-metrics.js';
import { DelayMonitor } from './delay-monitor.js';
import { LossBasedControl } from './loss-based-control.js';
import type { BandwidthUsage } from './overuse-detector.js';
import { ProbeController } from './probe-controller.js';
import { Delivery, SendHistory } from './send-history.js';

export interface CongestionControllerObserver {
  /** The estimate changed by more than a hundredth. @param bitrate bit/s */
  onEstimate(bitrate: number, now: number): void;
}

export interface CongestionControllerOptions {
  /** Estimate before anything is known, in bit/s. Default 300,000. */
  readonly startBitrate?: number;
  /** The estimate never falls below, in bit/s. Default 30,000: audio. */
  readonly minBitrate?: number;
  /** The estimate never grows beyond, in bit/s. Default 100,000,000. */
  readonly maxBitrate?: number;
  /** What is counted together with other paths, besides by itself. */
  readonly total?: CongestionCounters;
  readonly observer: CongestionControllerObserver;
}

const DEFAULT_START_BITRATE = 300_000;
const DEFAULT_MIN_BITRATE = 30_000;
const DEFAULT_MAX_BITRATE = 100_000_000;

/** Milliseconds; until the round trip is known. */
const DEFAULT_RTT = 100;

/** Windows, in milliseconds, over which what arrives is measured. */
const MIN_WINDOW = 160;
const LONG_WINDOW = 1000;
/** The short window is as long as this many bits take at the estimate: 20 packets, so that one more or less matters little. */
const WINDOW_BITS = 192_000;

/** A packet overtaken by others for so many milliseconds of sending is lost, if it was told as missing. */
const REORDER_TOLERANCE = 50;

/** Milliseconds without feedback after which the estimate decays, without REMB after which it grows, and between the steps. */
const FEEDBACK_TIMEOUT = 1000;
const REMB_TIMEOUT = 5000;
const DECAY_INTERVAL = 500;
const DECAY = 0.7;

/** What is left of a REMB that stays away grows so, in each interval: a receiver that gets no video at present sends none. */
const REMB_GROWTH = 1.05;

/** Where no probe tells more, the estimate grows by so much at once. */
const UNTESTED_GROWTH = 1.5;
/** A receiver that told nothing of so many probes will tell nothing of the next. */
const UNHEARD_PROBES = 3;

/** Share of the estimate before a silence that is tried when feedback comes again. */
const AFTER_SILENCE = 0.5;

/** A change of the estimate smaller than this share is not told. */
const MIN_CHANGE = 0.01;

/** Arrival times in transport-wide feedback wrap after so many milliseconds: 24 bits of 64 ms. */
const ARRIVAL_PERIOD = 2 ** 24 * 64;

/**
 * Estimates what the path to one receiver carries, from when and whether packets arrive there
 * (draft-ietf-rmcat-gcc-02, with feedback after draft-holmer-rmcat-transport-wide-cc-extensions-01).
 *
 * Growing delay or heavy loss decreases the estimate, their absence lets it grow, and a probe that arrives as fast as it was
 * sent raises it at once. The receiver's clock is only compared with itself.
 */
export class CongestionController {
  readonly counters: Readonly<CongestionCounters>;
  readonly #counters: CongestionCounters = createCounters(congestionMetrics);
  readonly #total: CongestionCounters;
  readonly #observer: CongestionControllerObserver;
  readonly #minBitrate: number;
  readonly #maxBitrate: number;
  readonly #history = new SendHistory();
  readonly #delays = new DelayMonitor();
  readonly #acknowledged = new AcknowledgedBitrate();
  readonly #loss = new LossBasedControl();
  readonly #applicationLimit = new ApplicationLimit();
  readonly #probes = new ProbeController();
  readonly #rate: AimdRateControl;
  #rtt = DEFAULT_RTT;
  #lastArrival: number | undefined;
  /** Of the newest packet that arrived: when it was sent, and what the receiver's clock said later than ours. */
  #newestSentAt = -Infinity;
  #delay = 0;
  #nextFeedback: number | undefined;
  #lastSentAt = -Infinity;
  #deadline = Infinity;
  #remb = Infinity;
  #rembAt = -Infinity;
  /** The estimate before feedback stayed away; undefined while it comes. */
  #beforeSilence: number | undefined;
  /** What was sent until then fell into a silence: its loss says nothing of how much the path carries. */
  #silentUntil = -Infinity;
  /** The estimate that the observer knows. */
  #notified: number;

  constructor(options: CongestionControllerOptions) {
    this.counters = this.#counters;
    this.#total = options.total ?? createCounters(congestionMetrics);
    this.#observer = options.observer;
    this.#minBitrate = options.minBitrate ?? DEFAULT_MIN_BITRATE;
    this.#maxBitrate = options.maxBitrate ?? DEFAULT_MAX_BITRATE;
    this.#rate = new AimdRateControl({
      startBitrate: options.startBitrate ?? DEFAULT_START_BITRATE,
      minBitrate: this.#minBitrate,
      maxBitrate: this.#maxBitrate,
    });
    this.#notified = this.#rate.bitrate;
  }

  /** What the path carries, in bit/s. */
  get estimate(): number {
    return Math.max(Math.min(this.#rate.bitrate, this.#remb), this.#minBitrate);
  }

  get state(): RateControlState {
    return this.#rate.state;
  }

  /** Whether the receiver has said by REMB what it takes at most. */
  get isLimitedByReceiver(): boolean {
    return this.#remb < Infinity;
  }

  /** What arrived over the last second, in bit/s; undefined as long as it is not known. */
  get acknowledgedBitrate(): number | undefined {
    return this.#acknowledged.over(LONG_WINDOW);
  }

  /** What was sent lately, in bit/s. */
  get sentBitrate(): number {
    return this.#applicationLimit.sentBitrate;
  }

  /** Share of packets lost lately, 0–1. */
  get lossRatio(): number {
    return this.#loss.ratio;
  }

  /** How long packets wait in queues on the path, in milliseconds. */
  get queueDelay(): number {
    return this.#delays.queueDelay;
  }

  /** Whether a probe is being sent. */
  get isProbing(): boolean {
    return this.#probes.sending !== 0;
  }

  /** When to call `handleTimeout`, and while a probe is being sent `probe`, in milliseconds; Infinity if nothing is due. */
  get deadline(): number {
    return Math.min(this.#deadline, this.#probes.deadline);
  }

  /** @param rtt Round-trip time in milliseconds. */
  setRtt(rtt: number): void {
    this.#rtt = rtt;
  }

  /**
   * Takes note of a packet that is being sent.
   *
   * @param bytes Its size, 65,535 at most.
   * @returns the transport-wide sequence number to send it with, 16 bits.
   */
  packetSent(bytes: number, now: number): number {
    const probe = this.#probes.sending;
    if (probe !== 0) this.#probes.sent(bytes);
    this.#lastSentAt = now;
    if (this.#deadline === Infinity) this.#deadline = now + FEEDBACK_TIMEOUT + this.#rtt;
    this.#applicationLimit.sent(bytes, now);
    return this.#history.sent(bytes, now, probe);
  }

  /**
   * Bytes to send now, as padding or retransmissions in packets as small as a fifth of them, to see whether the path carries
   * more; 0 if none. To be asked while media flows: every time something was sent, and at the deadline.
   *
   * @param wantedBitrate What the application could use, in bit/s: nothing is probed beyond.
   */
  probe(now: number, wantedBitrate: number): number {
    const { feedback, probes } = this.#counters;
    if (feedback === 0 && probes >= UNHEARD_PROBES) {
      this.raiseUntested(now, wantedBitrate);
    } else if (this.#isProbeDue(now, wantedBitrate)) {
      const { estimate } = this;
      this.#probes.begin(
        this.#probed(wantedBitrate),
        estimate,
        this.#applicationLimit.isLimited(estimate),
        now,
      );
      this.#count('probes');
    }
    return this.#probes.due(now);
  }

  /**
   * Instead of `probe`, where there is nothing to probe with: every now and then takes the path to carry more, until delay or
   * loss shows that it does not.
   *
   * @param wantedBitrate As for `probe`.
   */
  raiseUntested(now: number, wantedBitrate: number): void {
    if (!this.#isProbeDue(now, wantedBitrate)) return;
    const bitrate = Math.min(this.#probed(wantedBitrate), this.estimate * UNTESTED_GROWTH);
    this.#rate.raise(bitrate);
    this.#probes.skipped(bitrate, now);
    this.#notify(now);
  }

  /**
   * When the next probe may be due, in milliseconds; Infinity where only feedback or a new wish can make one due.
   *
   * @param wantedBitrate As for `probe`.
   */
  probeDeadline(wantedBitrate: number): number {
    const isCongested = this.#usage === 'overuse' || this.#loss.holds;
    return isCongested ? Infinity : this.#probes.nextDue(this.#probed(wantedBitrate), this.estimate);
  }

  /** The receiver tells when packets arrived. */
  receiveFeedback(feedback: TransportFeedback, now: number): void {
    this.#countFeedback(feedback.feedbackCount);
    this.#delays.startReport(now);
    this.#history.markReported(feedback.baseSequence, feedback.statusCount);
    let isNews = false;
    for (let i = 0; i < feedback.sequences.length; i++) {
      if (this.#receiveArrival(feedback.sequences[i]!, feedback.arrivals[i]! / 1000)) isNews = true;
    }
    if (!isNews) return;
    this.#deadline = Infinity;
    if (now - this.#rembAt > REMB_TIMEOUT) this.#remb = Infinity;
    if (this.#beforeSilence !== undefined) this.#silentUntil = this.#newestSentAt;
    this.#updateByLoss(now);
    this.#updateByDelay(now);
    this.#updateByProbe(now);
    this.#endSilence();
    this.#notify(now);
  }

  /**
   * The receiver limits the bitrate (draft-alvestrand-rmcat-remb-03). For one that gives no transport-wide feedback this is
   * the estimate.
   */
  receiveRemb(bitrate: number, now: number): void {
    this.#remb = bitrate;
    this.#rembAt = now;
    if (this.#counters.feedback === 0) {
      this.#rate.set(bitrate);
      this.#deadline = now + REMB_TIMEOUT;
    }
    this.#notify(now);
  }

  /** Decays the estimate if packets are sent and no feedback comes; lets go of a REMB that is not renewed. */
  handleTimeout(now: number): void {
    if (now < this.#deadline) return;
    if (this.isLimitedByReceiver && this.#counters.feedback === 0) {
      this.#deadline = now + DECAY_INTERVAL;
      this.#remb = this.#rate.bitrate * REMB_GROWTH;
      this.#rate.set(this.#remb);
      this.#notify(now);
      return;
    }
    if (now - this.#lastSentAt > FEEDBACK_TIMEOUT) {
      this.#deadline = Infinity;
      return;
    }
    this.#deadline = now + DECAY_INTERVAL;
    this.#count('timeouts');
    this.#beforeSilence ??= this.#rate.bitrate;
    this.#rate.decay(DECAY);
    this.#notify(now);
  }

  get #usage(): BandwidthUsage {
    return this.#delays.usage(this.#rate.bitrate);
  }

  /** What is worth probing for. */
  #probed(wantedBitrate: number): number {
    return Math.min(wantedBitrate, this.#maxBitrate, this.#remb);
  }

  #isProbeDue(now: number, wantedBitrate: number): boolean {
    const isCongested = this.#usage === 'overuse' || this.#loss.holds;
    return !isCongested && this.#probes.isDue(this.#probed(wantedBitrate), this.estimate, now);
  }

  #count(what: keyof CongestionCounters, times = 1): void {
    this.#counters[what] += times;
    this.#total[what] += times;
  }

  #countFeedback(feedbackCount: number): void {
    this.#count('feedback');
    const skipped = (feedbackCount - (this.#nextFeedback ?? feedbackCount)) & 0xff;
    // More than half of the numbers skipped is a feedback that was overtaken.
    if (skipped >= 128) return;
    this.#count('feedbackLost', skipped);
    this.#nextFeedback = (feedbackCount + 1) & 0xff;
  }

  /** Returns false if nothing new is told of the packet. */
  #receiveArrival(sequence: number, time: number): boolean {
    const history = this.#history;
    const packet = history.find(sequence);
    if (packet < 0) {
      this.#count('unknown');
      return false;
    }
    if (!history.markReceived(packet)) return false;
    const arrival = this.#unwrapArrival(time);
    const sentAt = history.sentAt(packet);
    const bytes = history.bytes(packet);
    const probe = history.probe(packet);
    if (sentAt >= this.#newestSentAt) {
      this.#newestSentAt = sentAt;
      this.#delay = arrival - sentAt;
    }
    this.#acknowledged.add(bytes, arrival);
    this.#delays.add(sentAt, arrival, probe !== 0);
    if (probe !== 0) this.#probes.receive(probe, bytes, sentAt, arrival);
    return true;
  }

  #unwrapArrival(time: number): number {
    const last = this.#lastArrival ?? time;
    const arrival = time + Math.round((last - time) / ARRIVAL_PERIOD) * ARRIVAL_PERIOD;
    this.#lastArrival = arrival;
    return arrival;
  }

  #updateByLoss(now: number): void {
    const { received, lost } = this.#settle();
    const factor = this.#loss.update(received, lost, this.queueDelay, this.#rtt, now);
    if (factor === 1) return;
    const acknowledged = this.#acknowledgedLately();
    this.#count('lossCuts');
    this.#rate.scale(factor, acknowledged ?? 0, now);
    this.#probes.decreased(acknowledged, now);
  }

  #updateByDelay(now: number): void {
    const acknowledged = this.#acknowledgedLately();
    const isApplicationLimited = this.#applicationLimit.isLimited(this.#rate.bitrate);
    const decreased = this.#rate.update(
      {
        usage: this.#usage,
        acknowledged,
        acknowledgedLong: this.acknowledgedBitrate,
        isApplicationLimited,
        holds: this.#loss.holds,
        queueDelay: this.queueDelay,
        rtt: this.#rtt,
      },
      now,
    );
    if (!decreased) return;
    this.#count('overuses');
    // Where little was sent, that little arrived says nothing against a raise before.
    this.#probes.decreased(isApplicationLimited ? undefined : acknowledged, now);
  }

  /** Decides what became of the packets that nothing more will be told of. */
  #settle(): { received: number; lost: number } {
    const history = this.#history;
    const until = this.#newestSentAt - REORDER_TOLERANCE;
    const delivered = { received: 0, lost: 0 };
    while (!history.isEmpty && history.sentAt(history.oldest) <= until) {
      const packet = history.oldest;
      const isSilent = history.sentAt(packet) <= this.#silentUntil;
      const delivery = history.settleOldest();
      if (isSilent && delivery !== Delivery.RECEIVED) continue;
      if (delivery === Delivery.RECEIVED) delivered.received++;
      else if (delivery === Delivery.MISSING) delivered.lost++;
      // The feedback was lost, not the packet: it will have arrived like the others.
      else this.#acknowledged.add(history.bytes(packet), history.sentAt(packet) + this.#delay);
    }
    this.#count('received', delivered.received);
    this.#count('lost', delivered.lost);
    return delivered;
  }

  /** What arrives, in bit/s, over so short a time that a decrease finds what the path carries now. */
  #acknowledgedLately(): number | undefined {
    const window = (WINDOW_BITS * 1000) / this.#rate.bitrate;
    return this.#acknowledged.over(Math.min(Math.max(window, MIN_WINDOW), LONG_WINDOW));
  }

  #updateByProbe(now: number): void {
    const result = this.#probes.takeResult(now);
    const { bitrate } = this.#rate;
    if (result === undefined || result.bitrate <= bitrate || this.#usage === 'overuse') return;
    // On a path known to be full the probe pushed others aside: only additive increase finds a fair share there.
    const isFull = this.#rate.capacity !== undefined && !this.#applicationLimit.isLimited(bitrate);
    if (result.saturated && isFull) return;
    this.#count('probesRaised');
    this.#rate.raise(result.bitrate);
    this.#probes.raised(this.#rate.bitrate, now);
  }

  /** A path that was cut off, as while a device changes its network, may well carry what it did before. */
  #endSilence(): void {
    if (this.#beforeSilence === undefined) return;
    this.#rate.raise(this.#beforeSilence * AFTER_SILENCE);
    this.#beforeSilence = undefined;
  }

  #notify(now: number): void {
    const { estimate } = this;
    if (Math.abs(estimate - this.#notified) <= this.#notified * MIN_CHANGE) return;
    this.#notified = estimate;
    this.#observer.onEstimate(estimate, now);
  }
}
