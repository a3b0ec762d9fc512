import type { Page } from 'playwright-core';

/**
 * On a page of `useBarePages`: publishes, instead of the camera, blocks of changing colours in 640 × 360, for which an
 * encoder needs all the bits that it may use: 900 kbit/s in the upper of two layers, 150 kbit/s in the lower, which is
 * half as high.
 */
export function publishNoise(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const { VideoPreset, Track } = window.LivekitClient;
    const { localParticipant } = window.room;
    const camera = localParticipant.getTrackPublication(Track.Source.Camera)?.track;
    if (camera !== undefined) await localParticipant.unpublishTrack(camera.mediaStreamTrack, true);

    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 360];
    const context = canvas.getContext('2d');
    setInterval(() => {
      for (let x = 0; x < canvas.width; x += 16) {
        for (let y = 0; y < canvas.height; y += 16) {
          if (context !== null) context.fillStyle = `hsl(${Math.floor(Math.random() * 360)} 60% 50%)`;
          context?.fillRect(x, y, 16, 16);
        }
      }
    }, 66);
    const [track] = canvas.captureStream().getVideoTracks();
    if (track === undefined) throw new Error('The drawing gives no video.');
    await localParticipant.publishTrack(track, {
      source: Track.Source.Camera,
      videoCodec: 'vp8',
      simulcast: true,
      videoEncoding: { maxBitrate: 900_000, maxFramerate: 15 },
      videoSimulcastLayers: [new VideoPreset(320, 180, 150_000, 15)],
    });
  });
}
