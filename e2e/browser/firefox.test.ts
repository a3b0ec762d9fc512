import { describe, expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { CallPage } from '../support/call-page.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const openFirefox = useBrowser('firefox');
const openChromium = useBrowser('chromium');
const applicationInFirefox = useBarePages(server, openFirefox);
const applicationInChromium = useBarePages(server, openChromium);

async function twoInACall(openOther: typeof openFirefox): Promise<{ fox: CallPage; other: CallPage }> {
  const room = freshRoom();
  const fox = await new CallPage(await openFirefox(), 'Fox').join(server().url, room);
  const other = await new CallPage(await openOther(), 'Other').join(server().url, room);
  await Promise.all([fox.tile('Other').waitFor(), other.tile('Fox').waitFor()]);
  return { fox, other };
}

describe.each([
  ['Chromium', openChromium],
  ['Firefox', openFirefox],
])('Firefox in a call with %s', (_, openOther) => {
  test('the two see and hear each other', async () => {
    const { fox, other } = await twoInACall(openOther);
    await fox.expectMovingPicture('Other');
    await other.expectMovingPicture('Fox');
    await fox.expectToHear('Other');
    await other.expectToHear('Fox');
  });

  test('messages go both ways', async () => {
    const { fox, other } = await twoInACall(openOther);
    await fox.say('Hello from Firefox');
    await other.click('chat-button');
    await other.message('Hello from Firefox').waitFor();
    await other.say('Hello Firefox');
    await fox.message('Hello Firefox').waitFor();
  });
});

test('who mutes in Firefox is shown as muted and not heard, until they unmute', async () => {
  const { fox, other } = await twoInACall(openChromium);
  await other.expectToHear('Fox');

  await fox.click('microphone-button');
  await waitFor('the mute', async () => (await other.tile('Fox').getAttribute('data-muted')) === 'true');
  expect(await other.loudnessOf('Fox')).toBeLessThan(0.001);

  await fox.click('microphone-button');
  await waitFor('the unmute', async () => (await other.tile('Fox').getAttribute('data-muted')) === 'false');
  await other.expectToHear('Fox');
});

test('who turns the camera off in Firefox is not seen, until they turn it on', async () => {
  const { fox, other } = await twoInACall(openChromium);
  await other.expectMovingPicture('Fox');

  await fox.click('camera-button');
  await waitFor(
    'the camera being off',
    async () => (await other.tile('Fox').getAttribute('data-video')) === 'false',
  );

  await fox.click('camera-button');
  await other.expectMovingPicture('Fox');
});

test('a screen that is shared from Firefox is shown to the others, and gone when sharing ends', async () => {
  const { fox, other } = await twoInACall(openChromium);
  await fox.page.evaluate(shareCanvasAsScreen);

  await fox.click('screen-button');
  await other.expectMovingPicture('Fox', 'screen');
  await other.expectMovingPicture('Fox', 'camera');

  await fox.click('screen-button');
  await other.tile('Fox', 'screen').waitFor({ state: 'detached' });
});

test('Firefox sees a screen that is shared with it', async () => {
  const { fox, other } = await twoInACall(openChromium);
  await other.click('screen-button');
  await fox.expectMovingPicture('Other', 'screen');
});

test('who leaves in Firefox is gone for the others, and can come back', async () => {
  const { fox, other } = await twoInACall(openChromium);
  await fox.click('leave-button');
  await fox.find('ended').waitFor();
  await other.tile('Fox').waitFor({ state: 'detached' });

  await fox.click('rejoin');
  await other.expectMovingPicture('Fox');
  await fox.expectMovingPicture('Other');
});

/** Whichever layer is asked for, a machine that is busy at the start looks like a narrow path for a while. */
const LAYER_TIMEOUT_MS = 40_000;

test('of the layers that Firefox sends, one is seen in the size that was asked for', async () => {
  const room = freshRoom();
  const videoCaptureDefaults = { resolution: { width: 1280, height: 720, frameRate: 15 } };
  await applicationInFirefox(room, 'fox', { videoCaptureDefaults });
  const watcher = await applicationInChromium(room, 'watcher');
  await expectMoving(watcher, 'fox');
  const heightAt = async (quality: 'LOW' | 'HIGH', judge: (height: number) => boolean): Promise<void> => {
    await watcher.evaluate((wanted) => {
      const { VideoQuality, Track } = window.LivekitClient;
      const publication = window.room.remoteParticipants.get('fox')?.getTrackPublication(Track.Source.Camera);
      if (publication instanceof window.LivekitClient.RemoteTrackPublication)
        publication.setVideoQuality(VideoQuality[wanted]);
    }, quality);
    const video = watcher.locator('video[data-from="fox"]');
    await waitFor(
      `the layer of quality ${quality}`,
      async () =>
        judge(
          await video.evaluate((element) => (element instanceof HTMLVideoElement ? element.videoHeight : 0)),
        ),
      LAYER_TIMEOUT_MS,
    );
    await expectMoving(watcher, 'fox');
  };

  await heightAt('HIGH', (height) => height >= 480);
  await heightAt('LOW', (height) => height <= 240);
  await heightAt('HIGH', (height) => height >= 480);
});

test.each(['vp8', 'vp9'] as const)('what Firefox publishes as %s is seen in Chromium', async (videoCodec) => {
  const room = freshRoom();
  await applicationInFirefox(room, 'fox', { publishDefaults: { videoCodec } });
  await expectMoving(await applicationInChromium(room, 'watcher'), 'fox');
});

/** Headless Firefox has no screen to capture: it shares a drawing that moves. */
function shareCanvasAsScreen(): void {
  navigator.mediaDevices.getDisplayMedia = () => {
    const canvas = document.createElement('canvas');
    canvas.width = 1280;
    canvas.height = 720;
    const context = canvas.getContext('2d');
    let step = 0;
    setInterval(() => {
      step += 1;
      if (context === null) return;
      context.fillStyle = 'white';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = 'black';
      context.fillRect((step * 40) % canvas.width, 0, 300, canvas.height);
    }, 100);
    return Promise.resolve(canvas.captureStream());
  };
}
