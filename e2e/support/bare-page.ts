import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Room, RoomOptions, TrackPublishDefaults } from 'livekit-client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { OpenPage } from './browser.js';
import { lackCodecs } from './lacking-codecs.js';
import { changedPoints, sampleVideo } from './media-probe.js';
import type { ParleyServer } from './server.js';
import { pause, waitFor } from './wait.js';

declare global {
  interface Window {
    LivekitClient: typeof import('livekit-client');
    room: Room;
    received: string[];
    /** By identity, what sends a text to the others of a room. */
    send: Map<string, (text: string) => Promise<void>>;
  }
}

/** Opens a page that is connected to a room as somebody, with camera and microphone on. */
export type OpenBarePage = (room: string, identity: string, options?: BarePageOptions) => Promise<Page>;

export type BarePageOptions = Pick<
  RoomOptions,
  'dynacast' | 'singlePeerConnection' | 'videoCaptureDefaults'
> & {
  publishDefaults?: TrackPublishDefaults;
  /** Media types that its browser does not receive. */
  lacks?: readonly string[];
  /** Whether its camera and microphone are on; they are, if it is not said. */
  publishes?: boolean;
  /** Key with which its media is encrypted end to end; it is not, if none is given. */
  secret?: string;
};

/** Two layers, and little to encode: machines that test have few cores. */
const CAMERA = { resolution: { width: 640, height: 360, frameRate: 15 } };
const LIVEKIT_CLIENT = createRequire(import.meta.url).resolve('livekit-client');
const ENCRYPTION_WORKER = join(dirname(LIVEKIT_CLIENT), 'livekit-client.e2ee.worker.js');

/** The address of an empty page of another origin than the server's, as applications of others are. */
export function useApplication(): () => string {
  const application = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>An application</title>'),
  );

  beforeAll(async () => {
    application.listen(0, 'localhost');
    await once(application, 'listening');
  });

  afterAll(() => {
    application.close();
  });

  return () => `http://localhost:${(application.address() as AddressInfo).port}/`;
}

/** Pages with nothing but livekit-client on them. */
export function useBarePages(server: () => ParleyServer, open: OpenPage): OpenBarePage {
  const application = useApplication();

  return async (room, identity, { lacks = [], publishes = true, secret, ...options } = {}) => {
    const page = await open();
    await page.addInitScript(lackCodecs, lacks);
    await page.goto(application());
    await page.addScriptTag({ path: LIVEKIT_CLIENT });
    const token = await server().token({
      identity,
      grant: { roomJoin: true, room, canUpdateOwnMetadata: true },
    });
    const worker = secret === undefined ? '' : await readFile(ENCRYPTION_WORKER, 'utf8');
    await page.evaluate(
      async ({ server: address, given, publish, key, worker, roomOptions }) => {
        window.received = [];
        const keyProvider = new window.LivekitClient.ExternalE2EEKeyProvider();
        const workerUrl = URL.createObjectURL(new Blob([worker], { type: 'text/javascript' }));
        const encryption =
          key === undefined ? {} : { encryption: { keyProvider, worker: new Worker(workerUrl) } };
        window.room = new window.LivekitClient.Room({ ...roomOptions, ...encryption });
        if (key !== undefined) {
          await keyProvider.setKey(key);
          await window.room.setE2EEEnabled(true);
        }
        window.room.on('trackSubscribed', (track, _, participant) => {
          const element = document.body.appendChild(track.attach());
          element.dataset.from = participant.identity;
        });
        window.room.on('dataReceived', (payload, from) =>
          window.received.push(`${from?.identity ?? ''}: ${new TextDecoder().decode(payload)}`),
        );
        await window.room.connect(address, given);
        if (publish) await window.room.localParticipant.enableCameraAndMicrophone();
      },
      {
        server: server().webSocketUrl,
        given: token,
        publish: publishes,
        key: secret,
        worker,
        roomOptions: { videoCaptureDefaults: CAMERA, ...options },
      },
    );
    return page;
  };
}

/** Waits until a page shows a picture of somebody that moves. */
export async function expectMoving(page: Page, from: string): Promise<void> {
  const video = page.locator(`video[data-from="${from}"]`);
  await waitFor(
    `the picture of ${from} moving`,
    async () => {
      if ((await video.count()) === 0) return false;
      const before = await sampleVideo(video.last());
      await pause(500);
      const after = await sampleVideo(video.last());
      return (
        before !== undefined &&
        after !== undefined &&
        after.brightness > 10 &&
        changedPoints(before, after) > 10
      );
    },
    30_000,
  );
}
