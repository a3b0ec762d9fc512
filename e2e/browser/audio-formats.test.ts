import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { pause, waitFor } from '../support/wait.js';

interface Heard {
  /** Root mean square of what is heard, 1 is full scale. */
  left: number;
  right: number;
}

const open = useBarePages(useServer(), useBrowser());

/** A page that publishes a tone in its left channel alone, beside its microphone. */
async function publishLeft(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: 440 });
    const merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 2 });
    tone.connect(merger, 0, 0);
    merger.connect(destination);
    tone.start();
    const [track] = destination.stream.getAudioTracks();
    if (track) await window.room.localParticipant.publishTrack(track, { name: 'left', forceStereo: true });
  });
}

/** What a page hears of a track in each channel within a second; undefined as long as it has none. */
function listen(page: Page, name: string): Promise<Heard | undefined> {
  return page.evaluate(async (wanted) => {
    const track = [...window.room.remoteParticipants.values()]
      .flatMap(({ audioTrackPublications }) => [...audioTrackPublications.values()])
      .find(({ trackName }) => trackName === wanted)?.track?.mediaStreamTrack;
    if (track === undefined) return undefined;
    const context = new AudioContext();
    const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 });
    const analysers = [new AnalyserNode(context), new AnalyserNode(context)] as const;
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(splitter);
    analysers.forEach((analyser, channel) => splitter.connect(analyser, channel));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const [left, right] = analysers.map((analyser) => {
      const samples = new Float32Array(analyser.fftSize);
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
    });
    await context.close();
    return { left: left ?? 0, right: right ?? 0 };
  }, name);
}

/** Bytes of an average packet of the tracks of that name: as they are sent, or as they are received. */
function packetSize(page: Page, name: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const { localParticipant, remoteParticipants } = window.room;
    const publications = [localParticipant, ...remoteParticipants.values()]
      .flatMap(({ audioTrackPublications }) => [...audioTrackPublications.values()])
      .filter(({ trackName }) => trackName === wanted);
    let bytes = 0;
    let packets = 0;
    for (const { track } of publications) {
      const stats = [...((await track?.getRTCStatsReport())?.values() ?? [])] as {
        type: string;
        bytesSent?: number;
        bytesReceived?: number;
        packetsSent?: number;
        packetsReceived?: number;
      }[];
      for (const found of stats.filter(({ type }) => type === 'inbound-rtp' || type === 'outbound-rtp')) {
        bytes += found.bytesReceived ?? found.bytesSent ?? 0;
        packets += found.packetsReceived ?? found.packetsSent ?? 0;
      }
    }
    return bytes / Math.max(1, packets);
  }, name);
}

describe.each([
  ['one connection', {}],
  ['two connections', { singlePeerConnection: false }],
] as const)('livekit-client with %s', (_, version) => {
  test('hears on the left what is published on the left', async () => {
    const room = freshRoom();
    const sender = await open(room, 'sender', version);
    const receiver = await open(room, 'receiver', version);
    await publishLeft(sender);
    const heard = await waitFor('the tone', async () => {
      const now = await listen(receiver, 'left');
      return now !== undefined && now.left > 0.1 ? now : undefined;
    });
    expect(heard.right).toBeLessThan(heard.left / 20);
  });

  test.each([
    ['that has RED gets packets with those before them', [], { least: 0.9, most: 1.1 }],
    ['that lacks RED gets packets without those before them', ['audio/red'], { least: 0.2, most: 0.8 }],
  ])('%s, and hears', async (_name, lacks, share) => {
    const room = freshRoom();
    const receiver = await open(room, 'receiver', { ...version, lacks });
    const sender = await open(room, 'sender', version);
    await sender.evaluate(async () => {
      const context = new AudioContext();
      const tone = new OscillatorNode(context, { frequency: 440 });
      const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
      tone.connect(destination);
      tone.start();
      const [track] = destination.stream.getAudioTracks();
      if (track) await window.room.localParticipant.publishTrack(track, { name: 'tone', red: true });
    });
    await waitFor('the tone', async () => ((await listen(receiver, 'tone'))?.left ?? 0) > 0.1);
    await pause(2_000);
    const received = (await packetSize(receiver, 'tone')) / (await packetSize(sender, 'tone'));
    expect(received).toBeGreaterThan(share.least);
    expect(received).toBeLessThan(share.most);
  });
});
