import { isAv1KeyFrameStart } from './av1.js';
import { canonicalMimeType, MimeType } from './codec.js';
import { isH264KeyFrameStart } from './h264.js';
import { isVp8KeyFrameStart } from './vp8.js';
import { isVp9KeyFrameStart } from './vp9.js';

/**
 * Tells whether an RTP payload of `length` bytes at `offset` starts a key frame. Reads descriptors and the first bytes of
 * the frame only, which end-to-end encryption leaves in clear. Never allocates.
 */
export type KeyFrameDetector = (buffer: Uint8Array, offset: number, length: number) => boolean;

/** The detector for a codec. Of audio, and of codecs that are not known, every packet may be a start. */
export function keyFrameDetector(mimeType: string): KeyFrameDetector {
  switch (canonicalMimeType(mimeType)) {
    case MimeType.VP8:
      return isVp8KeyFrameStart;
    case MimeType.VP9:
      return isVp9KeyFrameStart;
    case MimeType.H264:
      return isH264KeyFrameStart;
    case MimeType.AV1:
      return isAv1KeyFrameStart;
    default:
      return isAnyStart;
  }
}

function isAnyStart(): boolean {
  return true;
}
