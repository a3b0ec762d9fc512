const MARKER = 0xff;
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const EXIF = Buffer.from('Exif\0\0', 'latin1');
const XMP = Buffer.from('http://ns.adobe.com/x', 'latin1');
/** The tag that leads to the place (Exif 2.32, 4.6.3). */
const GPS_INFO = 0x8825;
/** Bytes of one value, by its type (TIFF 6.0, section 2). */
const TYPE_SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/**
 * Overwrites, in a part of a JPEG before its pixels, what tells where it was taken: the place in its Exif, and XMP that
 * names one. All else stays where it is. `next` is where the next part begins; undefined where the pixels do.
 */
export function stripLocation(
  part: Buffer,
  { isLast }: { isLast: boolean },
): { isChanged: boolean; next: number | undefined } {
  let isChanged = false;
  let next = 0;
  for (;;) {
    // What stands between segments is passed over, as decoders do.
    const marker = part.indexOf(MARKER, next);
    if (marker === -1) return { isChanged, next: part.length };
    let at = marker + 1;
    while (part[at] === MARKER) at += 1;
    next = at - 1;
    const kind = part[at];
    if (kind === START_OF_SCAN || kind === END_OF_IMAGE) return { isChanged, next: undefined };
    if (kind !== undefined && isAlone(kind)) {
      next = at + 1;
      continue;
    }
    if (at + 3 > part.length) return { isChanged, next };
    const end = at + 1 + part.readUInt16BE(at + 1);
    if (end > part.length && !isLast) return { isChanged, next };
    if (kind === APP1) isChanged = stripSegment(part.subarray(at + 3, end)) || isChanged;
    next = Math.max(end, at + 3);
  }
}

/** Markers that no segment follows (ITU-T T.81, table B.1). */
function isAlone(kind: number): boolean {
  return kind <= 0x01 || (kind >= 0xd0 && kind <= 0xd8);
}

function stripSegment(segment: Buffer): boolean {
  if (segment.subarray(0, EXIF.length).equals(EXIF)) {
    const tiff = segment.subarray(EXIF.length);
    try {
      return stripTiff(tiff);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // Nobody knows what is in it.
      tiff.fill(0);
      return true;
    }
  }
  if (!segment.subarray(0, XMP.length).equals(XMP) || !segment.includes('GPS')) return false;
  // The name of the segment ends with a zero byte.
  segment.fill(0x20, segment.indexOf(0) + 1);
  return true;
}

function stripTiff(tiff: Buffer): boolean {
  const isLittle = tiff.readUInt16BE(0) === 0x4949;
  const read16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const read32 = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const first = read32(4);
  const entries = Array.from({ length: read16(first) }, (_, index) => first + 2 + 12 * index);
  const gps = entries.find((entry) => read16(entry) === GPS_INFO);
  if (gps === undefined) return false;
  const place = read32(gps + 8);
  const count = read16(place);
  for (let entry = place + 2; entry < place + 2 + 12 * count; entry += 12) {
    const size = (TYPE_SIZES[read16(entry + 2)] ?? 0) * read32(entry + 4);
    const at = read32(entry + 8);
    if (size > 4) tiff.fill(0, at, at + size);
  }
  tiff.fill(0, place, place + 2 + 12 * count);
  return true;
}
