import { attachment, PIECE_BYTES, upload } from '@parley/contract';
import { expect, test, vi } from 'vitest';
import { problemOf } from './client.js';
import { NOT_THERE } from './chat.js';
import { sizesOfBlobs, startFileChat } from './uploading.js';

const DAY = 86_400_000;

test('a file comes in pieces, goes on where it stopped, and is sent with a message', async () => {
  const { ann, bob, begin, send, stateOf, say, page, read, told } = await startFileChat();
  const begun = await begin(ann, 'notes.txt', 13, { alt: 'A list' });
  expect(begun).toMatchObject({ status: 201, body: { offset: 0, size: 13, attachment: null } });
  const { id } = upload.parse(begun.body);
  const first = await send(ann, id, 0, 'one two ');
  expect(first.status).toBe(204);
  expect(first.headers.get('upload-offset')).toBe('8');
  expect(first.headers.get('tus-resumable')).toBe('1.0.0');
  expect(await stateOf(ann, id)).toMatchObject({ offset: 8, attachment: null });

  const again = await send(ann, id, 0, 'one two ');
  expect(again.status).toBe(409);
  expect(JSON.parse(again.text)).toMatchObject({ code: 'conflict', title: 'The next bytes begin at 8.' });
  expect((await send(ann, id, 8, 'three')).status).toBe(204);
  // The answer was lost, and the client asks again.
  expect((await send(ann, id, 13, '')).headers.get('upload-offset')).toBe('13');
  const whole = await stateOf(ann, id);
  expect(whole).toMatchObject({
    expires_at: null,
    attachment: {
      id,
      name: 'notes.txt',
      type: 'text/plain',
      size: 13,
      alt: 'A list',
      width: null,
      voice: null,
    },
  });

  const said = await say(ann, 'Look', { attachment_ids: [id] });
  expect(said.attachments).toEqual([whole.attachment]);
  expect((await page(bob)).messages[0]?.attachments).toEqual(said.attachments);
  expect(told).toMatchObject([{ type: 'message_created', payload: { message: { attachments: [{ id }] } } }]);
  expect((await read(bob, said.attachments[0]!)).text).toBe('one two three');
});

test('the same bytes twice at once are there once', async () => {
  const { ann, begin, send, put, stateOf } = await startFileChat();
  const { id } = upload.parse((await begin(ann, 'a', 5)).body);
  const answers = await Promise.all([send(ann, id, 0, 'abc'), send(ann, id, 0, 'abc')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  expect((await stateOf(ann, id)).offset).toBe(3);
  const last = await Promise.all([send(ann, id, 3, 'de'), send(ann, id, 3, 'de')]);
  for (const { status } of last) expect([204, 409]).toContain(status);
  expect(attachment.parse((await stateOf(ann, id)).attachment).size).toBe(5);
  await put(ann, 'b', 'x');
});

test('what is announced and sent has limits', async () => {
  const { ann, begin, send } = await startFileChat();
  const tooLarge = await begin(ann, 'film.mp4', 20_000_001);
  expect(tooLarge.status).toBe(413);
  expect(problemOf(tooLarge)).toMatchObject({ code: 'file_too_large', field: 'size' });
  for (const size of [0, -1, 1.5, '7']) expect((await begin(ann, 'a', size as number)).status).toBe(400);
  expect((await begin(ann, '', 1)).status).toBe(400);
  const { id } = upload.parse((await begin(ann, 'a', 3)).body);
  expect((await send(ann, id, 0, 'four')).status).toBe(413);
  for (let each = 0; each < 4; each += 1) expect((await begin(ann, 'a', 20_000_000)).status).toBe(201);
  const full = await begin(ann, 'a', 20_000_000);
  expect(full.status).toBe(507);
  expect(problemOf(full).code).toBe('storage_full');
});

test('nothing that is no piece is read, whoever sends it', async () => {
  const { ann, url, begin, send, stateOf, failed } = await startFileChat();
  const { id } = upload.parse((await begin(ann, 'a', 3)).body);
  const patch = async (headers: Record<string, string>, body: string) => {
    const asking = { method: 'PATCH', body, headers: { origin: url, 'upload-offset': '0', ...headers } };
    const response = await fetch(`${url}/api/v1/uploads/${id}`, asking);
    await response.text();
    return response.status;
  };
  const cookie = ann.client.cookie ?? '';
  const unending = '['.repeat(PIECE_BYTES + 1);
  const piece = 'application/offset+octet-stream';
  expect(await patch({ 'content-type': 'application/json' }, unending)).toBe(415);
  expect(await patch({ 'content-type': 'text/plain' }, unending)).toBe(415);
  expect(await patch({ 'content-type': piece }, unending)).toBe(401);
  expect(await patch({ 'content-type': piece, cookie }, unending)).toBe(413);
  for (const type of ['', 'application/json', 'text/plain', 'nothing', 'image/png']) {
    expect(await patch({ 'content-type': type, cookie }, 'abc'), type).toBe(415);
    expect(await patch({ 'content-type': type, cookie }, ''), type).toBe(415);
  }
  expect(await patch({ cookie }, '')).toBe(415);
  expect((await stateOf(ann, id)).offset).toBe(0);
  expect((await send(ann, id, 0, 'abc')).status).toBe(204);
  expect(failed).toEqual([]);
});

test('of pieces that come at once one is taken, and of the others nothing is left', async () => {
  const chat = await startFileChat();
  const { ann, begin, send, blobs } = chat;
  const { id } = upload.parse((await begin(ann, 'a', 6)).body);
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(ann, id, 0, 'abc')));
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(7).fill(409)]);
  expect(await sizesOfBlobs(chat)).toEqual([3]);
  // It is ended while a piece comes.
  const put = blobs.put.bind(blobs);
  vi.spyOn(blobs, 'put').mockImplementationOnce(async (...given) => {
    await ann.client.delete(`uploads/${id}`);
    await put(...given);
  });
  expect((await send(ann, id, 3, 'def')).status).toBe(404);
  expect(await chat.files.sweeper.sweep()).toBe(1);
  expect(await sizesOfBlobs(chat)).toEqual([]);
});

test('of a file that is whole its pieces are not kept', async () => {
  const chat = await startFileChat();
  const { ann, put } = chat;
  await put(ann, 'a', 'abc');
  expect(await sizesOfBlobs(chat)).toEqual([3]);
});

test('bytes are refused for which there is no space any more', async () => {
  const { ann, begin, send, stateOf, db } = await startFileChat();
  const { id } = upload.parse((await begin(ann, 'a', 6)).body);
  expect((await send(ann, id, 0, 'abc')).status).toBe(204);
  const other = '01a00000-0000-7000-8000-000000000000';
  await db.insertInto('blobs').values({ id: other, size: 99_999_995, check_at: null }).execute();
  const refused = await send(ann, id, 3, 'def');
  expect(refused.status).toBe(507);
  await db.deleteFrom('blobs').where('id', '=', other).execute();
  expect((await stateOf(ann, id)).offset).toBe(3);
  expect((await send(ann, id, 3, 'def')).status).toBe(204);
});

test('one person begins only so many, and ends them', async () => {
  const { ann, begin, clock } = await startFileChat();
  const ids: string[] = [];
  for (let each = 0; each < 50; each += 1) {
    clock.now += 1000;
    ids.push(upload.parse((await begin(ann, 'a', 1)).body).id);
  }
  clock.now += 1000;
  const more = await begin(ann, 'a', 1);
  expect(more.status).toBe(409);
  expect(problemOf(more).code).toBe('limit_reached');
  expect((await ann.client.delete(`uploads/${ids[0]}`)).status).toBe(204);
  expect((await ann.client.delete(`uploads/${ids[0]}`)).status).toBe(404);
  expect((await begin(ann, 'a', 1)).status).toBe(201);
});

test('an upload is for who began it alone, in its channel, and for one message', async () => {
  const { ann, bob, begin, send, put, post, addChannel, read, general } = await startFileChat();
  const { id } = upload.parse((await begin(ann, 'a', 3)).body);
  expect((await bob.client.get(`uploads/${id}`)).status).toBe(404);
  expect((await send(bob, id, 0, 'abc')).status).toBe(404);
  expect((await bob.client.delete(`uploads/${id}`)).status).toBe(404);
  const file = await put(ann, 'a.txt', 'abc');
  expect((await read(ann, file)).status).toBe(200);
  expect((await read(bob, file)).status).toBe(404);
  const elsewhere = await addChannel('elsewhere');
  for (const [by, ids, channelId] of [
    [bob, [file.id], general],
    [ann, [file.id], elsewhere],
    [ann, [file.id, NOT_THERE], general],
    [ann, [id], general],
  ] as const) {
    const refused = await post(by, 'Look', { attachment_ids: ids }, channelId);
    expect(refused.status).toBe(422);
    expect(problemOf(refused).field).toBe('attachment_ids');
  }
  expect((await post(ann, '', { attachment_ids: [file.id, file.id] })).status).toBe(400);
  expect((await post(ann, '', { attachment_ids: Array(11).fill(file.id) })).status).toBe(400);
  expect((await post(ann, '', {})).status).toBe(400);
  expect((await post(ann, '', { attachment_ids: [file.id] })).status).toBe(201);
  expect((await post(ann, '', { attachment_ids: [file.id] })).status).toBe(422);
});

test('it takes the permission to attach, and for voice messages another', async () => {
  const { ann, begin, put, say, post, addChannel, overwrite } = await startFileChat();
  const [noFiles, noVoice] = [await addChannel('no-files'), await addChannel('no-voice')];
  await overwrite(noFiles, ann, ['attach_files']);
  await overwrite(noVoice, ann, ['send_voice_messages']);
  const voice = { duration_ms: 2000, wave: [0, 50, 100] };
  expect((await begin(ann, 'a', 1, {}, noFiles)).status).toBe(403);
  expect((await begin(ann, 'a', 1, { voice }, noVoice)).status).toBe(403);
  expect((await begin(ann, 'a', 1, { voice: { duration_ms: 1, wave: [101] } })).status).toBe(400);
  // Sound in the container of a video, as browsers record it.
  const webm = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex');
  const { id, type } = await put(ann, 'voice.webm', webm, { voice }, noFiles);
  expect(type).toBe('audio/webm');
  const said = await say(ann, '', { attachment_ids: [id] }, noFiles);
  expect(said.attachments).toMatchObject([{ voice }]);
  const file = await put(ann, 'a', 'x', {}, noVoice);
  await overwrite(noVoice, ann, ['send_messages', 'send_in_threads']).catch(() => undefined);
  expect((await post(ann, '', { attachment_ids: [file.id] }, noVoice)).status).toBe(201);
});

test('what is not ended, or not sent, is deleted after a day', async () => {
  const chat = await startFileChat();
  const { ann, begin, send, put, share, files, clock, stateOf, read } = chat;
  const { id } = upload.parse((await begin(ann, 'a', 9)).body);
  await send(ann, id, 0, 'abc');
  const unsent = await put(ann, 'b', 'never sent');
  const sent = await share(ann, 'sent');
  expect(await files.sweeper.sweep()).toBe(0);
  expect((await stateOf(ann, id)).offset).toBe(3);
  expect(await sizesOfBlobs(chat)).toEqual([3, 4, 10]);
  clock.now += DAY + 1;
  await files.sweeper.sweep();
  expect((await ann.client.get(`uploads/${id}`)).status).toBe(404);
  expect((await read(ann, unsent)).status).toBe(404);
  expect(await sizesOfBlobs(chat)).toEqual([4]);
  expect((await read(ann, sent.attachments[0]!)).text).toBe('sent');
});

test('a connection that is lost in the middle loses no more than its piece', async () => {
  const { ann, url, begin, send, stateOf, failed } = await startFileChat();
  const { id } = upload.parse((await begin(ann, 'a', 6)).body);
  await send(ann, id, 0, 'abc');
  const leaving = new AbortController();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from('d'));
      leaving.abort();
    },
  });
  const init = {
    ...{ method: 'PATCH', body, duplex: 'half' as const, signal: leaving.signal },
    headers: {
      ...{ cookie: ann.client.cookie ?? '', origin: url, 'upload-offset': '3', 'content-length': '3' },
      'content-type': 'application/offset+octet-stream',
    },
  };
  await fetch(`${url}/api/v1/uploads/${id}`, init).catch(() => undefined);
  expect((await stateOf(ann, id)).offset).toBe(3);
  // Until the server has noticed, the piece is still coming.
  await expect.poll(async () => (await send(ann, id, 3, 'def')).status, { timeout: 10_000 }).toBe(204);
  expect((await stateOf(ann, id)).attachment).toMatchObject({ size: 6 });
  expect(failed).toEqual([]);
});
