import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import sharp from 'sharp';
import type { Exif } from 'sharp';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../packages/store/test/support/databases.js';
import { fileInspector } from '../../src/files/file-inspector.js';
import { stripLocation } from '../../src/files/strip-location.js';

const FOLDER = temporaryFolder();
const PLACE = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitude: '13/1 24/1 36/1' };
const DEGREES = Buffer.from([52, 0, 0, 0, 1, 0, 0, 0, 31, 0, 0, 0, 1, 0, 0, 0]);

function jpegWith(exif: Exif): Promise<Buffer> {
  const picture = { create: { width: 8, height: 8, channels: 3 as const, background: 'red' } };
  return sharp(picture).withExif(exif).jpeg().toBuffer();
}

function strip(jpeg: Buffer): boolean {
  return stripLocation(jpeg, { isLast: true }).isChanged;
}

/** What stands in the place's own directory. */
async function exifOf(jpeg: Buffer): Promise<Buffer> {
  return (await sharp(jpeg).metadata()).exif ?? Buffer.alloc(0);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

test('the place of a picture goes, and all else stays', async () => {
  const jpeg = await jpegWith({ IFD0: { Make: 'Camera' }, IFD3: PLACE });
  expect((await exifOf(jpeg)).includes(DEGREES)).toBe(true);
  const length = jpeg.length;
  expect(strip(jpeg)).toBe(true);
  expect(jpeg).toHaveLength(length);
  const left = await exifOf(jpeg);
  expect(left.includes(DEGREES)).toBe(false);
  expect(left.includes('Camera')).toBe(true);
  // There is nothing left to find.
  expect(jpeg.includes(DEGREES)).toBe(false);
});

test('a picture without a place is left as it is', async () => {
  const jpeg = await jpegWith({ IFD0: { Make: 'Camera' } });
  const before = Buffer.from(jpeg);
  expect(strip(jpeg)).toBe(false);
  expect(jpeg).toEqual(before);
});

test('XMP that names a place goes', () => {
  const xmp = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="52,31.2N"/>');
  const header = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, xmp.length + 2]);
  const jpeg = Buffer.concat([header, xmp, Buffer.from([0xff, 0xda, 0, 2])]);
  expect(strip(jpeg)).toBe(true);
  expect(jpeg.includes('GPS')).toBe(false);
  expect(jpeg.includes('http://ns.adobe.com/xap/1.0/\0')).toBe(true);
});

test.each([
  ['fill bytes', Buffer.alloc(9, 0xff)],
  ['other bytes', Buffer.from('none of them begins a segment')],
  ['a marker without a segment', Buffer.from([0xff, 0x01])],
])('the place goes behind %s', async (_what, between) => {
  const jpeg = await jpegWith({ IFD3: PLACE });
  const padded = Buffer.concat([jpeg.subarray(0, 2), between, jpeg.subarray(2)]);
  expect(padded.includes(DEGREES)).toBe(true);
  expect(strip(padded)).toBe(true);
  expect(padded.includes(DEGREES)).toBe(false);
});

test('the place goes however much stands before it', async () => {
  const jpeg = await jpegWith({ IFD3: PLACE });
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(0xfffd, 'x')]);
  const before = [...Array<Buffer>(40).fill(comment), Buffer.alloc(2_000_000, 0xff)];
  const path = join(FOLDER, 'long.jpeg');
  const file = Buffer.concat([jpeg.subarray(0, 2), ...before, jpeg.subarray(2)]);
  const { content, dispose } = await fileInspector(path)(once(file), file.length);
  const kept = await buffer(content());
  await dispose();
  expect(kept).toHaveLength(file.length);
  expect(kept.includes(DEGREES)).toBe(false);
});

test('whatever stands in it, nothing is thrown and the length stays', async () => {
  const jpeg = await jpegWith({ IFD0: { Make: 'Camera' }, IFD3: PLACE });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(jpeg.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
      const broken = Buffer.from(jpeg);
      for (const [at, value] of changes) broken[at] = value;
      strip(broken);
      expect(broken).toHaveLength(jpeg.length);
    }),
  );
});
