import type { RawMedia } from 'sdp-transform';
import { canonicalMimeType, type Codec } from '../codecs/codec.js';
import { bounded, integer, text } from './fields.js';
import type { SdpCodec } from './session-description.js';

const MAX_PAYLOAD_TYPES = 128;
const MAX_FEEDBACK_LINES = 1024;
const MAX_PARAMETERS = 64;

/** The codecs of a section in the order of its `m=` line, each with its feedback and retransmission format. */
export function parseCodecs(raw: RawMedia, kind: 'audio' | 'video'): SdpCodec[] {
  const formats = parseFormats(raw, kind);
  const feedback = parseFeedback(raw);
  const retransmissions = new Map<number, number>();
  const codecs: SdpCodec[] = [];

  for (const [payloadType, { mimeType, parameters }] of formats) {
    const repaired = integer(parameters.apt, 0, 127);

    if (isRetransmission(mimeType) && repaired !== undefined && !retransmissions.has(repaired)) {
      retransmissions.set(repaired, payloadType);
    }
  }

  for (const [payloadType, codec] of formats) {
    const rtxPayloadType = retransmissions.get(payloadType);

    if (!isRetransmission(codec.mimeType)) {
      codecs.push({
        payloadType,
        codec,
        feedback: [...(feedback.get('*') ?? []), ...(feedback.get(String(payloadType)) ?? [])],
        ...(rtxPayloadType !== undefined && { rtxPayloadType }),
      });
    }
  }

  return codecs;
}

/** Format parameters as in `a=fmtp`; what is no pair, like `0-15`, becomes a name with an empty value. */
export function parseFormatParameters(config: string): Record<string, string> {
  const pairs = config
    .split(';')
    .slice(0, MAX_PARAMETERS)
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair): [string, string] => {
      const equals = pair.indexOf('=');

      return equals < 0
        ? [pair, '']
        : [pair.slice(0, equals).trim().toLowerCase(), pair.slice(equals + 1).trim()];
    });

  return Object.fromEntries(pairs);
}

/** All formats with an `a=rtpmap`, by payload type. */
function parseFormats(raw: RawMedia, kind: 'audio' | 'video'): Map<number, Codec> {
  const formats = new Map<number, Codec>();
  const maps = new Map(
    bounded(raw.rtp, MAX_PAYLOAD_TYPES, 'a=rtpmap').map((map) => [text(map.payload), map]),
  );
  const parameters = new Map(
    bounded(raw.fmtp, MAX_PAYLOAD_TYPES, 'a=fmtp').map((line) => [text(line.payload), text(line.config)]),
  );

  for (const payload of text(raw.payloads).split(' ').slice(0, MAX_PAYLOAD_TYPES)) {
    const map = maps.get(payload);
    const payloadType = integer(payload, 0, 127);
    const clockRate = integer(map?.rate, 1, 0xffff_ffff);

    if (payloadType === undefined || clockRate === undefined) {
      continue;
    }

    formats.set(payloadType, {
      mimeType: canonicalMimeType(`${kind}/${text(map?.codec)}`),
      clockRate,
      ...(kind === 'audio' && { channels: integer(map?.encoding, 1, 255) ?? 1 }),
      parameters: parseFormatParameters(parameters.get(payload) ?? ''),
    });
  }

  return formats;
}

/** RTCP feedback by payload type, `*` for all of them. */
function parseFeedback(raw: RawMedia): Map<string, string[]> {
  const feedback = new Map<string, string[]>();

  for (const line of bounded(raw.rtcpFb, MAX_FEEDBACK_LINES, 'a=rtcp-fb')) {
    const payload = text(line.payload);
    const kinds = feedback.get(payload) ?? [];

    kinds.push(line.subtype === undefined ? text(line.type) : `${text(line.type)} ${text(line.subtype)}`);
    feedback.set(payload, kinds);
  }

  return feedback;
}

function isRetransmission(mimeType: string): boolean {
  return mimeType.endsWith('/rtx');
}
