import { expect, test } from 'vitest';
import type { MediaLinks } from '../../src/media/links.js';
import { LiveKitLinks } from '../../src/media/livekit-links.js';

const CALL = { path: '/twirp/x/Y', contentType: '', authorization: '', body: new Uint8Array() };
const REQUEST = { path: 'v1', query: '', authorization: undefined, userAgent: '', address: '' } as const;

function create(answer: unknown, received: unknown[] = []): LiveKitLinks {
  const media: MediaLinks = {
    open: () => ({
      receive: (data) => {
        received.push(data);
      },
      disconnect: () => undefined,
    }),
    ask: () => Promise.resolve(answer),
    askAll: () => Promise.resolve([answer]),
  };
  return new LiveKitLinks({
    media: { ...media, ready: true, metrics: () => Promise.resolve([]) },
    wall: () => 300,
  });
}

test('calls that no thread answers are answered with unavailable, in the form of the server API', async () => {
  const { status, body } = await create(undefined).callApi(CALL);
  expect(status).toBe(503);
  expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({ code: 'unavailable' });
});

test('questions about a join that no thread answers say that media is not available', async () => {
  expect(await create(undefined).validate(REQUEST)).toEqual({
    status: 503,
    text: 'media is not available',
  });
});

test('an answer in another form than that of the front is refused', async () => {
  await expect(create({ ok: true }).validate(REQUEST)).rejects.toThrow();
});

test('pings are answered here, and what else comes is for the media thread', () => {
  const [received, sent]: [unknown[], unknown[]] = [[], []];
  const link = create(undefined, received).connect(REQUEST, {
    accepted: () => undefined,
    rejected: () => undefined,
    send: (data) => sent.push(data),
    close: () => undefined,
  });
  // SignalRequest with ping = 5, and SignalResponse with pong = 300.
  link.receive(Uint8Array.of(0x70, 0x05));
  expect(sent).toEqual([Uint8Array.of(0x90, 0x01, 0xac, 0x02)]);
  expect(received).toEqual([]);
  link.receive(Uint8Array.of(0x70));
  link.receive('{"ping":"5"}');
  expect(sent).toHaveLength(1);
  expect(received).toEqual([Uint8Array.of(0x70), '{"ping":"5"}']);
});
