import fc from 'fast-check';
import sharp from 'sharp';
import type { Exif } from 'sharp';
import { expect, test } from 'vitest';
import { stripLocation } from '../../src/files/strip-location.js';

const PLACE = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitude: '13/1 24/1 36/1' };

function jpegWith(exif: Exif): Promise<Buffer> {
  const picture = { create: { width: 8, height: 8, channels: 3 as const, background: 'red' } };
  return sharp(picture).withExif(exif).jpeg().toBuffer();
}

/** What stands in the place's own directory. */
async function exifOf(jpeg: Buffer): Promise<Buffer> {
  return (await sharp(jpeg).metadata()).exif ?? Buffer.alloc(0);
}

test('the place of a picture goes, and all else stays', async () => {
  const jpeg = await jpegWith({ IFD0: { Make: 'Camera' }, IFD3: PLACE });
  const degrees = Buffer.from([52, 0, 0, 0, 1, 0, 0, 0, 31, 0, 0, 0, 1, 0, 0, 0]);
  expect((await exifOf(jpeg)).includes(degrees)).toBe(true);
  const length = jpeg.length;
  expect(stripLocation(jpeg)).toBe(true);
  expect(jpeg).toHaveLength(length);
  const left = await exifOf(jpeg);
  expect(left.includes(degrees)).toBe(false);
  expect(left.includes('Camera')).toBe(true);
  // There is nothing left to find.
  expect(jpeg.includes(degrees)).toBe(false);
});

test('a picture without a place is left as it is', async () => {
  const jpeg = await jpegWith({ IFD0: { Make: 'Camera' } });
  const before = Buffer.from(jpeg);
  expect(stripLocation(jpeg)).toBe(false);
  expect(jpeg).toEqual(before);
});

test('XMP that names a place goes', () => {
  const xmp = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="52,31.2N"/>');
  const header = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, xmp.length + 2]);
  const jpeg = Buffer.concat([header, xmp, Buffer.from([0xff, 0xda, 0, 2])]);
  expect(stripLocation(jpeg)).toBe(true);
  expect(jpeg.includes('GPS')).toBe(false);
  expect(jpeg.includes('http://ns.adobe.com/xap/1.0/\0')).toBe(true);
});

test('whatever stands in it, nothing is thrown and the length stays', async () => {
  const jpeg = await jpegWith({ IFD0: { Make: 'Camera' }, IFD3: PLACE });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(jpeg.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
      const broken = Buffer.from(jpeg);
      for (const [at, value] of changes) broken[at] = value;
      stripLocation(broken);
      expect(broken).toHaveLength(jpeg.length);
    }),
  );
});
