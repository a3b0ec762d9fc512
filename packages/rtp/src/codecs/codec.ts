/** A codec as SDP names it (RFC 8866 `a=rtpmap` and `a=fmtp`). */
export interface Codec {
  /** Media type and encoding name in the spelling of `MimeType`, for example `video/VP8`. */
  mimeType: string;
  clockRate: number;
  /** Audio only; 1 where SDP says nothing. */
  channels?: number;
  /** Format parameters, names in lower case; a parameter without a value has an empty one. */
  parameters: Readonly<Record<string, string>>;
}

/** Media types of the codecs and repair formats that Parley names. */
export const MimeType = {
  OPUS: 'audio/opus',
  RED: 'audio/red',
  VP8: 'video/VP8',
  VP9: 'video/VP9',
  H264: 'video/H264',
  AV1: 'video/AV1',
  RTX: 'video/rtx',
} as const;

const CANONICAL = new Map(Object.values(MimeType).map((mimeType) => [mimeType.toLowerCase(), mimeType]));

/** A media type in the spelling of `MimeType`: SDP compares encoding names without regard to case. */
export function canonicalMimeType(mimeType: string): string {
  const lowerCase = mimeType.toLowerCase();

  return CANONICAL.get(lowerCase) ?? lowerCase;
}

/** Whether two media types name the same format, whatever their case. */
export function isSameMimeType(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
