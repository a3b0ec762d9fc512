import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { BlobMissing, BlobsUnavailable, DiskBlobs, isUnavailable, S3Blobs } from '@parley/store';
import type { BlobStore } from '@parley/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/databases.js';
import { hasGo, S3Server } from '../support/s3-server.js';

const MIB = 1024 * 1024;
/** Of a first build. */
const BUILD_TIMEOUT_MS = 600_000;
const withoutGo = !hasGo();

let server: S3Server | undefined;

beforeAll(async () => {
  if (!withoutGo) server = await S3Server.start();
}, BUILD_TIMEOUT_MS);
afterAll(() => server?.close());

const s3 = (): BlobStore => new S3Blobs(server!.options);
let ids = 0;
const freshId = () => `0193a2f0-7c1e-7abc-8def-${String((ids += 1)).padStart(12, '0')}`;

async function* pieces(...all: (string | Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const each of all) {
    await Promise.resolve();
    if (each instanceof Error) throw each;
    yield Buffer.from(each);
  }
}

describe.each([
  { name: 'a folder', isHere: true, open: () => new DiskBlobs(join(temporaryFolder(), 'blobs')) },
  { name: 'S3', isHere: !withoutGo, open: s3 },
])('blobs in $name', ({ isHere, open }) => {
  test.skipIf(!isHere)('are read as they were put, whole and in part', async () => {
    const [blobs, id] = [open(), freshId()];
    await blobs.check();
    await blobs.put(id, pieces('one ', 'two ', 'three'), 13);
    expect((await buffer(await blobs.read(id))).toString()).toBe('one two three');
    expect((await buffer(await blobs.read(id, { start: 4, end: 6 }))).toString()).toBe('two');
    expect((await buffer(await blobs.read(id, { start: 12, end: 12 }))).toString()).toBe('e');
    expect(await blobs.size(id)).toBe(13);
  });

  test.skipIf(!isHere)('may be empty, and are replaced when they are put again', async () => {
    const [blobs, id] = [open(), freshId()];
    await blobs.put(id, pieces(), 0);
    expect(await blobs.size(id)).toBe(0);
    await blobs.put(id, pieces('again'), 5);
    expect((await buffer(await blobs.read(id))).toString()).toBe('again');
  });

  test.skipIf(!isHere)('that are not there have no size, cannot be read, and can be deleted', async () => {
    const [blobs, id] = [open(), freshId()];
    expect(await blobs.size(id)).toBeUndefined();
    await expect(blobs.read(id)).rejects.toBeInstanceOf(BlobMissing);
    await blobs.delete(id);
    await blobs.put(id, pieces('there'), 5);
    await blobs.delete(id);
    expect(await blobs.size(id)).toBeUndefined();
    await blobs.delete(id);
  });

  test.skipIf(!isHere)(
    'are not there at all when their source fails, or says too little or too much',
    async () => {
      const [blobs, id] = [open(), freshId()];
      await expect(blobs.put(id, pieces('half', new Error('gone')), 8)).rejects.toThrow('gone');
      await expect(blobs.put(id, pieces('half'), 8)).rejects.toThrow('8 bytes were to come');
      await expect(blobs.put(id, pieces('far too much'), 8)).rejects.toThrow('8 bytes were to come');
      expect(await blobs.size(id)).toBeUndefined();
    },
  );

  test.skipIf(!isHere)('are large', async () => {
    const [blobs, id, size] = [open(), freshId(), 32 * MIB];
    const piece = Buffer.alloc(MIB, 'parley');
    await blobs.put(id, pieces(...Array.from({ length: 32 }, () => piece)), size);
    let read = 0;
    for await (const chunk of (await blobs.read(id)) as AsyncIterable<Buffer>) read += chunk.length;
    expect(read).toBe(size);
    const [start, end] = [20 * MIB + 3, 20 * MIB + 8];
    expect(await buffer(await blobs.read(id, { start, end }))).toEqual(piece.subarray(3, 9));
    // Whoever has seen enough goes away.
    (await blobs.read(id)).destroy();
    await blobs.delete(id);
  });

  test.skipIf(!isHere)('are put and read many at a time', async () => {
    const blobs = open();
    const all = Array.from({ length: 20 }, () => freshId());
    await Promise.all(all.map((id) => blobs.put(id, pieces(id), id.length)));
    const texts = await Promise.all(all.map(async (id) => (await buffer(await blobs.read(id))).toString()));
    expect(texts).toEqual(all);
  });
});

test('a folder forgets what a crash has left half written', async () => {
  const folder = temporaryFolder();
  const incoming = join(folder, 'incoming');
  mkdirSync(incoming);
  writeFileSync(join(incoming, 'new'), 'half');
  writeFileSync(join(incoming, 'old'), 'half');
  utimesSync(join(incoming, 'old'), 1, 1);
  await new DiskBlobs(folder).check();
  expect(readdirSync(incoming)).toEqual(['new']);
});

test('a folder that cannot be used is told of', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(new DiskBlobs(join(file, 'blobs')).check()).rejects.toThrow('cannot be used (ENOTDIR)');
});

describe.skipIf(withoutGo)('S3', () => {
  test('refuses wrong keys, and a bucket that is not there, with a sentence about it', async () => {
    const { options } = server!;
    const wrongKey = new S3Blobs({ ...options, secretAccessKey: 'wrong' });
    await expect(wrongKey.check()).rejects.toThrow('The bucket parley cannot be used');
    await expect(wrongKey.put(freshId(), pieces('x'), 1)).rejects.toThrow('403 SignatureDoesNotMatch to PUT');
    await expect(new S3Blobs({ ...options, bucket: 'nothing' }).check()).rejects.toThrow('404');
  });

  test('that is away is unavailable, and has lost nothing when it is back', async () => {
    const [blobs, id] = [s3(), freshId()];
    await blobs.put(id, pieces('kept'), 4);
    await server!.kill();
    await expect(blobs.size(id)).rejects.toBeInstanceOf(BlobsUnavailable);
    const failure = await blobs.put(freshId(), pieces('x'), 1).catch((error: unknown) => error);
    expect(isUnavailable(failure)).toBe(true);
    await server!.resume();
    expect((await buffer(await blobs.read(id))).toString()).toBe('kept');
  });
});
