import type { Locator } from 'playwright-core';

/** What a video element shows, made small. */
export interface VideoSample {
  /** 0 (black) to 255. */
  brightness: number;
  /** Red, green and blue of each point of a 32 × 18 grid. */
  pixels: number[];
}

const LISTENING_MS = 2_500;

/** One look at a video element; undefined while it has no picture. */
export function sampleVideo(video: Locator): Promise<VideoSample | undefined> {
  return video.evaluate((element) => {
    if (!(element instanceof HTMLVideoElement) || element.videoWidth === 0) return undefined;
    const canvas = new OffscreenCanvas(32, 18);
    const context = canvas.getContext('2d');
    if (context === null) return undefined;
    context.drawImage(element, 0, 0, 32, 18);
    const { data } = context.getImageData(0, 0, 32, 18);
    const pixels = [...data].filter((_, i) => i % 4 !== 3);
    return { brightness: pixels.reduce((sum, value) => sum + value, 0) / pixels.length, pixels };
  });
}

/** How many of the grid's points differ clearly between two looks. */
export function changedPoints(before: VideoSample, after: VideoSample): number {
  return before.pixels.filter((value, i) => Math.abs(value - (after.pixels[i] ?? 0)) > 8).length;
}

/** The loudest that an audio element's stream gets within some seconds: root mean square, 0 (silence) to 1. */
export function loudness(audio: Locator): Promise<number> {
  return audio.evaluate(async (element, listeningMs) => {
    if (!(element instanceof HTMLAudioElement) || !(element.srcObject instanceof MediaStream)) return 0;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(element.srcObject).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let loudest = 0;
    const end = performance.now() + listeningMs;
    while (performance.now() < end) {
      analyser.getFloatTimeDomainData(samples);
      loudest = Math.max(
        loudest,
        Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length),
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await context.close();
    return loudest;
  }, LISTENING_MS);
}
