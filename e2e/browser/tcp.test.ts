import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectMoving, type OpenBarePage, useBarePages } from '../support/bare-page.js';
import { type OpenPage, useBrowser } from '../support/browser.js';
import { iceProtocols, notePeerConnections } from '../support/ice-protocols.js';
import { useServerBehindLink } from '../support/media-link.js';
import { loudness } from '../support/media-probe.js';
import { freshRoom } from '../support/participants.js';
import { waitFor } from '../support/wait.js';

const { server, link } = useServerBehindLink();
const openChromium = useBarePages(server, noting(useBrowser()));
const openFirefox = useBarePages(server, noting(useBrowser('firefox')));
/** A Chromium whose administrator allows no UDP, so that it does not even try. */
const openForbidden = useBarePages(
  server,
  noting(useBrowser('chromium', ['--webrtc-ip-handling-policy=disable_non_proxied_udp'])),
);

beforeEach(() => link().passUdpOf('all'));

function noting(open: OpenPage): OpenPage {
  return async (options) => {
    const page = await open(options);
    await notePeerConnections(page);
    return page;
  };
}

function send(page: Page, text: string, reliable: boolean): Promise<void> {
  return page.evaluate(
    ([words, isReliable]) =>
      window.room.localParticipant.publishData(new TextEncoder().encode(words), { reliable: isReliable }),
    [text, reliable] as const,
  );
}

async function expectToHear(page: Page, from: string): Promise<void> {
  // The newest, as there is another after a reconnection.
  const audio = page.locator(`audio[data-from="${from}"]`).last();
  await waitFor(`hearing ${from}`, async () => (await loudness(audio)) > 0.005, 30_000);
}

async function expectToSeeAndHearEachOther(one: Page, another: Page): Promise<void> {
  for (const [page, from] of [
    [one, another],
    [another, one],
  ] as const) {
    const identity = await from.evaluate(() => window.room.localParticipant.identity);
    await expectMoving(page, identity);
    await expectToHear(page, identity);
  }
}

describe.each<[string, OpenBarePage, { singlePeerConnection: boolean }, string[]]>([
  ['Chromium with one connection', openChromium, { singlePeerConnection: true }, ['tcp']],
  ['Chromium with two connections', openChromium, { singlePeerConnection: false }, ['tcp', 'tcp']],
  ['Chromium that may not use UDP', openForbidden, { singlePeerConnection: true }, ['tcp']],
  ['Firefox', openFirefox, { singlePeerConnection: true }, ['tcp']],
])('%s, in a network that lets no UDP out,', (_, open, options, protocols) => {
  test('sees, hears and writes to somebody elsewhere, and the other way round', async () => {
    const room = freshRoom();
    const outside = await openChromium(room, 'outside');
    link().passUdpOf('known');
    const inside = await open(room, 'inside', options);

    await expectToSeeAndHearEachOther(inside, outside);
    expect(await iceProtocols(inside)).toEqual(protocols);
    expect(await iceProtocols(outside)).toEqual(['udp']);

    await send(inside, 'reliable', true);
    await send(inside, 'lossy', false);
    await send(outside, 'welcome', true);
    await waitFor('the packets', async () => (await outside.evaluate(() => window.received.length)) === 2);
    await waitFor('the answer', async () => (await inside.evaluate(() => window.received.length)) === 1);
    expect((await outside.evaluate(() => window.received)).sort()).toEqual([
      'inside: lossy',
      'inside: reliable',
    ]);
  });
});

test('when its network stops letting UDP out during a call, a client goes on over TCP', async () => {
  const room = freshRoom();
  const other = await openForbidden(room, 'other');
  const page = await openChromium(room, 'moving');
  await expectToSeeAndHearEachOther(page, other);
  expect(await iceProtocols(page)).toEqual(['udp']);

  link().passUdpOf('none');
  await waitFor('media over TCP', async () => (await iceProtocols(page)).join() === 'tcp', 60_000);
  await expectToSeeAndHearEachOther(page, other);
});

test('when its TCP connection is cut, a client opens another and goes on', async () => {
  const room = freshRoom();
  link().passUdpOf('none');
  const [page, other] = [await openChromium(room, 'cut'), await openChromium(room, 'other')];
  await expectToSeeAndHearEachOther(page, other);

  const opened = await server().metric(/^parley_tcp_connections_total /);
  expect(link().cutTcp()).toBeGreaterThanOrEqual(2);
  await waitFor(
    'new connections',
    async () => (await server().metric(/^parley_tcp_connections_total /)) > opened + 1,
    60_000,
  );
  await expectToSeeAndHearEachOther(page, other);
  expect(await iceProtocols(page)).toEqual(['tcp']);
});
