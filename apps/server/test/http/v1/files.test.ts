import { message } from '@parley/contract';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { sizesOfBlobs, startFileChat } from './uploading.js';

const photo = (width = 1200, height = 900) =>
  sharp({ create: { width, height, channels: 3, background: '#357' } });

describe('a file', () => {
  test('is read whole and in part, and is not sent again to who has it', async () => {
    const { ann, bob, share, read } = await startFileChat();
    const file = (await share(ann, 'one two three')).attachments[0]!;
    const whole = await read(bob, file);
    expect(whole.status).toBe(200);
    expect(whole.text).toBe('one two three');
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      ...{ 'content-length': '13', 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' },
      'x-content-type-options': 'nosniff',
      'content-type': 'text/plain',
      'content-security-policy': expect.stringContaining("sandbox; default-src 'none'") as string,
      'content-disposition': `attachment; filename="notes.txt"; filename*=UTF-8''notes.txt`,
    });
    const etag = whole.headers.get('etag') ?? '';
    expect((await read(bob, file, { 'if-none-match': etag })).status).toBe(304);
    expect((await read(bob, file, { 'if-none-match': '*' })).status).toBe(304);
    const part = await read(bob, file, { range: 'bytes=4-6' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 4-6/13');
    expect(part.text).toBe('two');
    expect((await read(bob, file, { range: 'bytes=-5' })).text).toBe('three');
    expect((await read(bob, file, { range: 'bytes=8-', 'if-range': etag })).text).toBe('three');
    expect((await read(bob, file, { range: 'bytes=8-', 'if-range': '"other"' })).status).toBe(200);
    const nothing = await read(bob, file, { range: 'bytes=13-' });
    expect(nothing.status).toBe(416);
    expect(nothing.headers.get('content-range')).toBe('bytes */13');
    const head = await read(bob, file, {}, 'HEAD');
    expect(head.headers.get('content-length')).toBe('13');
  });

  test('is for who may read its channel now', async () => {
    const { ann, bob, eve, share, read, addChannel, overwrite, db, communityId } = await startFileChat();
    const secret = await addChannel('secret');
    const file = (await share(ann, 'x', 'x', secret)).attachments[0]!;
    expect((await read(bob, file)).status).toBe(200);
    expect((await read(eve, file)).status).toBe(404);
    const stranger = await fetch((await read(bob, file)).url);
    expect(stranger.status).toBe(401);
    await stranger.text();
    await overwrite(secret, bob, ['read_history']);
    expect((await read(bob, file)).status).toBe(403);
    await db.deleteFrom('members').where('user_id', '=', bob.id).execute();
    expect((await read(bob, file)).status).toBe(404);
    expect(communityId).toBeTruthy();
  });

  test.each([
    ['page.html', '<!doctype html><script>alert(1)</script>', /^text\/(plain|html)$/],
    [
      'picture.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      /^(text\/plain|application\/xml|image\/svg\+xml)$/,
    ],
    ['picture.png', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', /xml|plain/],
    ['report.pdf', '%PDF-1.7\n', /^application\/pdf$/],
    ['song.mp3', '\u0000\u0001nothing', /^application\/octet-stream$/],
  ])('%s is saved, not shown, whatever it says it is', async (name, content, type) => {
    const { ann, share, read } = await startFileChat();
    const file = (await share(ann, content, name)).attachments[0]!;
    expect(file).toMatchObject({
      type: expect.stringMatching(type) as string,
      width: null,
      thumbnail: false,
    });
    expect((await read(ann, file)).headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  test('has a name that can be shown and saved', async () => {
    const { ann, put, read } = await startFileChat();
    const file = await put(ann, 'C:\\stuff/../Grüße\u202egnp.exe" \n.txt', 'x');
    expect(file.name).toBe('Grüßegnp.exe_ .txt');
    expect((await read(ann, file)).headers.get('content-disposition')).toBe(
      `attachment; filename="Gr__egnp.exe_ .txt"; filename*=UTF-8''Gr%C3%BC%C3%9Fegnp.exe_%20.txt`,
    );
  });

  test('goes with its message, and with the channel', async () => {
    const chat = await startFileChat();
    const { ann, olga, share, read, files, general, addChannel } = chat;
    const { id, attachments } = await share(ann, 'gone');
    const other = await addChannel('other');
    await share(ann, 'kept');
    await share(ann, 'elsewhere', 'x', other);
    await ann.client.delete(`channels/${general}/messages/${id}`);
    expect((await read(ann, attachments[0]!)).status).toBe(404);
    await files.sweeper.sweep();
    expect(await sizesOfBlobs(chat)).toEqual([4, 9]);
    expect((await olga.client.delete(`channels/${other}`)).status).toBe(204);
    await files.sweeper.sweep();
    expect(await sizesOfBlobs(chat)).toEqual([4]);
  });

  test('that is passed on is read where it went to, until the original is deleted', async () => {
    const chat = await startFileChat();
    const { ann, bob, share, read, files, general, addChannel, overwrite, clock, page } = chat;
    const secret = await addChannel('secret');
    await overwrite(secret, bob, ['view_channel']);
    const original = await share(ann, 'passed on', 'a.txt', secret);
    const pass = async (from: { channel_id: string; message_id: string }) => {
      clock.now += 1000;
      const answer = await ann.client.post(`channels/${general}/forwards`, { nonce: `f${clock.now}`, from });
      return message.parse(answer.body);
    };
    const once = await pass({ channel_id: secret, message_id: original.id });
    expect(once).toMatchObject({ text: '', attachments: [], forwarded: { files: 1 } });
    const twice = await pass({ channel_id: general, message_id: once.id });
    const [copy] = twice.forwarded!.attachments;
    expect((await read(bob, copy!)).text).toBe('passed on');
    expect((await read(bob, original.attachments[0]!)).status).toBe(404);

    await ann.client.delete(`channels/${general}/messages/${once.id}`);
    await files.sweeper.sweep();
    expect((await read(bob, copy!)).status).toBe(200);
    await ann.client.delete(`channels/${secret}/messages/${original.id}`);
    expect((await read(bob, copy!)).status).toBe(404);
    expect((await page(bob)).messages).toMatchObject([{ forwarded: { deleted: true, attachments: [] } }]);
    await files.sweeper.sweep();
    expect(await sizesOfBlobs(chat)).toEqual([]);
  });
});

describe('a picture', () => {
  test('has a size and a small picture, turned as it was held, and tells no place', async () => {
    const { ann, bob, share, read } = await startFileChat();
    const jpeg = await photo()
      .withExif({
        IFD0: { Make: 'Camera' },
        IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N', GPSLongitude: '13/1 24/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const file = (await share(ann, jpeg, 'holiday.jpg')).attachments[0]!;
    expect(file).toMatchObject({ type: 'image/jpeg', width: 900, height: 1200, thumbnail: true });
    const small = await read(bob, { ...file, name: 'thumbnail' });
    expect(small.headers.get('content-type')).toBe('image/webp');
    const shown = await sharp(small.bytes).metadata();
    expect(shown).toMatchObject({ format: 'webp', width: 480, height: 640 });
    expect(shown.exif).toBeUndefined();
    const original = await read(bob, file);
    expect(original.headers.get('content-disposition')).toMatch(/^inline;/);
    const kept = await sharp(original.bytes).metadata();
    expect(kept).toMatchObject({ width: 1200, height: 900, orientation: 6 });
    expect(kept.exif?.includes('Camera')).toBe(true);
  });

  test('that moves goes on moving, and what is broken or far too large is a file', async () => {
    const { ann, share } = await startFileChat();
    const frames = await sharp({ create: { width: 900, height: 1400, channels: 3, background: 'red' } })
      .composite([
        { input: { create: { width: 900, height: 700, channels: 3, background: 'blue' } }, top: 0, left: 0 },
      ])
      .raw()
      .toBuffer();
    const gif = await sharp(frames, { raw: { width: 900, height: 1400, channels: 3, pageHeight: 700 } })
      .gif()
      .toBuffer();
    const moving = (await share(ann, gif, 'moves.gif')).attachments[0]!;
    expect(moving).toMatchObject({ type: 'image/gif', width: 900, height: 700, thumbnail: false });
    const png = await photo().png().toBuffer();
    const broken = (await share(ann, png.subarray(0, 60), 'broken.png')).attachments[0]!;
    expect(broken).toMatchObject({ type: 'image/png', width: null, thumbnail: false });
    const huge = await photo(12_000, 5_000).png().toBuffer();
    const [large] = (await share(ann, huge, 'huge.png')).attachments;
    expect(large).toMatchObject({ type: 'image/png', width: null, thumbnail: false });
  });
});
