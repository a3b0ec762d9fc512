import type { Page } from 'playwright-core';
import { pause } from './wait.js';

/** What a page has received until some moment, of all that is audio and all that is video. */
export interface ReceptionSample {
  /** Milliseconds, of `performance.now` here. */
  at: number;
  /** Of the video's latest frame. */
  height: number;
  framesDecoded: number;
  /** Samples of sound that were played, and those among them that were made up since packets were missing. */
  samples: number;
  concealed: number;
}

const EVERY_MS = 200;

/** One look at the statistics of a page of `useBarePages`. */
export async function sampleReception(page: Page): Promise<ReceptionSample> {
  const counts = await page.evaluate(async () => {
    const sum = { height: 0, framesDecoded: 0, samples: 0, concealed: 0 };
    for (const { trackPublications } of window.room.remoteParticipants.values()) {
      for (const { track } of trackPublications.values()) {
        const report = await track?.getRTCStatsReport();
        for (const stats of (report?.values() ?? []) as Iterable<RTCInboundRtpStreamStats>) {
          if (stats.type !== 'inbound-rtp') continue;
          sum.height = Math.max(sum.height, stats.frameHeight ?? 0);
          sum.framesDecoded += stats.framesDecoded ?? 0;
          sum.samples += stats.totalSamplesReceived ?? 0;
          sum.concealed += stats.concealedSamples ?? 0;
        }
      }
    }
    return sum;
  });
  return { at: performance.now(), ...counts };
}

/** Looks for some seconds. */
export async function recordReception(page: Page, seconds: number): Promise<ReceptionSample[]> {
  const recorded: ReceptionSample[] = [];
  for (const end = performance.now() + seconds * 1_000; performance.now() < end;) {
    recorded.push(await sampleReception(page));
    await pause(EVERY_MS);
  }
  return recorded;
}

/** Share of the sound that was made up. */
export function concealment(recorded: readonly ReceptionSample[]): number {
  const [first, last] = [recorded[0]!, recorded.at(-1)!];
  return (last.concealed - first.concealed) / (last.samples - first.samples);
}

export function framesPerSecond(recorded: readonly ReceptionSample[]): number {
  const [first, last] = [recorded[0]!, recorded.at(-1)!];
  return ((last.framesDecoded - first.framesDecoded) * 1_000) / (last.at - first.at);
}

/** The longest time, in milliseconds, in which one look after the other showed no new frame. */
export function longestFreeze(recorded: readonly ReceptionSample[]): number {
  let longest = 0;
  let since = recorded[0]!;
  for (const sample of recorded) {
    if (sample.framesDecoded > since.framesDecoded) since = sample;
    longest = Math.max(longest, sample.at - since.at);
  }
  return longest;
}
