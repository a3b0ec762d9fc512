import { readUint16, readUint24, writeUint16 } from './bytes.js';

/** One header extension element to write. */
export interface HeaderExtension {
  /** Identifier negotiated in the SDP: 1–14 in the one-byte form, 1–255 in the two-byte form. */
  id: number;
  data: Uint8Array;
}

/** URIs of the header extensions that Parley knows, as they stand in `a=extmap`. */
export const ExtensionUri = {
  /** RFC 9143: names the media section that a packet belongs to. */
  MID: 'urn:ietf:params:rtp-hdrext:sdes:mid',
  /** RFC 8852: names the simulcast layer that a packet belongs to. */
  RTP_STREAM_ID: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  /** RFC 8852: on a retransmission, names the simulcast layer that it repairs. */
  REPAIRED_RTP_STREAM_ID: 'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  /** RFC 6464: loudness of the packet's audio. */
  AUDIO_LEVEL: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  /** draft-holmer-rmcat-transport-wide-cc-extensions-01. */
  TRANSPORT_SEQUENCE: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  /** 24 bits of sending time, 6.18 fixed point seconds. */
  ABS_SEND_TIME: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  /** 3GPP TS 26.114: how the picture is to be rotated. */
  VIDEO_ORIENTATION: 'urn:3gpp:video-orientation',
  /** Least and greatest delay that the receiver should aim for. */
  PLAYOUT_DELAY: 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  /** AV1 RTP payload specification, appendix A: frame dependencies of any codec. */
  DEPENDENCY_DESCRIPTOR:
    'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  /** NTP time at which the frame was captured. */
  ABS_CAPTURE_TIME: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
} as const;

/** RTP header extension profile of the one-byte form (RFC 8285 section 4.2). */
export const ONE_BYTE_PROFILE = 0xbede;

/** RTP header extension profile of the two-byte form (RFC 8285 section 4.3), with its four application bits at 0. */
export const TWO_BYTE_PROFILE = 0x1000;

/** Set in an audio level when the sender believes that the packet holds voice (RFC 6464 section 3). */
export const VOICE_ACTIVITY = 0x80;

/** The element id that ends a one-byte block. */
const ONE_BYTE_STOP = 15;

/** Longest stream name read from a packet, in bytes: longer ones do not fit the one-byte form that clients use. */
const MAX_NAME_LENGTH = 16;

/**
 * Looks up an element of a header extension block, without allocating.
 *
 * @param offset Where the block's first element starts, behind the profile and length words.
 * @param length Bytes in the block.
 * @param twoByte Whether the block has the two-byte form.
 * @returns Offset of the element's data in `buffer`, or -1 when there is none. All `extensionLength` bytes of it are
 *   within the block.
 */
export function findExtension(
  buffer: Uint8Array,
  offset: number,
  length: number,
  twoByte: boolean,
  id: number,
): number {
  const end = offset + length;
  const headerSize = twoByte ? 2 : 1;
  let at = offset;

  while (at + headerSize <= end) {
    const first = buffer[at]!;

    if (first === 0) {
      at++;
      continue;
    }

    const elementId = twoByte ? first : first >>> 4;

    if (!twoByte && elementId === ONE_BYTE_STOP) {
      return -1;
    }

    const data = at + headerSize;
    const next = data + extensionLength(buffer, data, twoByte);

    if (next > end) {
      return -1;
    }
    if (elementId === id) {
      return data;
    }

    at = next;
  }

  return -1;
}

/** Bytes of data of the element whose data starts at `at`, as `findExtension` found it. */
export function extensionLength(buffer: Uint8Array, at: number, twoByte: boolean): number {
  return twoByte ? buffer[at - 1]! : (buffer[at - 1]! & 0x0f) + 1;
}

/**
 * Audio level (RFC 6464): `VOICE_ACTIVITY` bit plus loudness in -dBov, 0 (loudest)…127 (silence). -1 when the element is
 * empty.
 */
export function readAudioLevel(buffer: Uint8Array, at: number, twoByte: boolean): number {
  return extensionLength(buffer, at, twoByte) < 1 ? -1 : buffer[at]!;
}

/** Transport-wide sequence number, or -1 when the element is too short. */
export function readTransportSequence(buffer: Uint8Array, at: number, twoByte: boolean): number {
  return extensionLength(buffer, at, twoByte) < 2 ? -1 : readUint16(buffer, at);
}

/** Absolute send time in units of 2⁻¹⁸ s, modulo 64 s; -1 when the element is too short. */
export function readAbsSendTime(buffer: Uint8Array, at: number, twoByte: boolean): number {
  return extensionLength(buffer, at, twoByte) < 3 ? -1 : readUint24(buffer, at);
}

/**
 * A name: the mid, rid or repaired rid of a packet. Empty when the element holds none, is longer than 16 bytes or has
 * bytes that are not printable ASCII.
 *
 * Allocates; clients send names with the first packets of a stream only, and callers keep what they learn by SSRC.
 */
export function readName(buffer: Uint8Array, at: number, twoByte: boolean): string {
  const length = extensionLength(buffer, at, twoByte);

  if (length > MAX_NAME_LENGTH) {
    return '';
  }

  let name = '';

  for (let i = at; i < at + length; i++) {
    const byte = buffer[i]!;

    if (byte <= 0x20 || byte >= 0x7f) {
      return '';
    }

    name += String.fromCharCode(byte);
  }

  return name;
}

/** The profile that the elements need: the one-byte form unless an id or a length does not fit it. */
export function extensionProfile(elements: readonly HeaderExtension[]): number {
  const fits = elements.every(({ id, data }) => id < ONE_BYTE_STOP && data.length >= 1 && data.length <= 16);

  return fits ? ONE_BYTE_PROFILE : TWO_BYTE_PROFILE;
}

/**
 * Writes a whole header extension block: profile, length, elements, padding to a multiple of four bytes.
 *
 * @returns Bytes written.
 * @throws {RangeError} If an element does not fit the form that `profile` names.
 */
export function writeExtensions(
  out: Uint8Array,
  offset: number,
  profile: number,
  elements: readonly HeaderExtension[],
): number {
  const twoByte = profile !== ONE_BYTE_PROFILE;
  let at = offset + 4;

  for (const { id, data } of elements) {
    if (twoByte) {
      if (id < 1 || id > 255 || data.length > 255) {
        throw new RangeError(`extension ${id} of ${data.length} bytes does not fit the two-byte form`);
      }

      out[at++] = id;
      out[at++] = data.length;
    } else {
      if (id < 1 || id >= ONE_BYTE_STOP || data.length < 1 || data.length > 16) {
        throw new RangeError(`extension ${id} of ${data.length} bytes does not fit the one-byte form`);
      }

      out[at++] = (id << 4) | (data.length - 1);
    }

    out.set(data, at);
    at += data.length;
  }

  while ((at - offset) % 4 !== 0) {
    out[at++] = 0;
  }

  writeUint16(out, offset, profile);
  writeUint16(out, offset + 2, (at - offset - 4) / 4);
  return at - offset;
}
