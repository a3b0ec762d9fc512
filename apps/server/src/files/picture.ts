import { Turns } from '@parley/store';
import sharp from 'sharp';

export interface Picture {
  /** As it is shown, turned the way that it says. */
  width: number;
  height: number;
  /** A small picture in WebP; absent where the picture itself is small, or moves. */
  thumbnail: Uint8Array | undefined;
}

/** Types that browsers show as pictures; SVG is none of them, for it is a program. */
export const PICTURE_TYPES: ReadonlySet<string> = new Set([
  ...['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'],
]);

/** More would take a gigabyte to look into. */
const MOST_PIXELS = 50_000_000;
/** A picture of that size takes a few; others wait meanwhile. */
const MOST_SECONDS = 20;
/** Twice the points in which it is shown. */
const THUMBNAIL = { width: 800, height: 640 };
/** Bytes up to which a picture of that size is shown itself. */
const SMALL = 150_000;

// What was worked on is not worked on again.
sharp.cache(false);
sharp.concurrency(1);
/** Pictures are worked on outside of the main thread, one after another, so that they leave a processor to calls. */
const turns = new Turns();

/** Undefined for what cannot be shown: it is broken, or too large. */
export async function readPicture(path: string, bytes: number): Promise<Picture | undefined> {
  const done = await turns.take();
  try {
    const source = sharp(path, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { autoOrient, pages = 1 } = await source.metadata();
    const { width, height } = autoOrient;
    if (width * height > MOST_PIXELS) return undefined;
    const isSmall = width <= THUMBNAIL.width && height <= THUMBNAIL.height && bytes <= SMALL;
    if (isSmall || pages > 1) return { width, height, thumbnail: undefined };
    const thumbnail = await source
      .autoOrient()
      .resize({ ...THUMBNAIL, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78, effort: 3 })
      .timeout({ seconds: MOST_SECONDS })
      .toBuffer();
    return { width, height, thumbnail };
  } catch {
    // What its author made of it is told by nobody but libvips, whose words help no one.
    return undefined;
  } finally {
    done();
  }
}
