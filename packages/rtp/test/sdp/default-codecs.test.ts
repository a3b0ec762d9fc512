import { describe, expect, test } from 'vitest';
import { codecsMatch, supportedCodecs, type MediaRole } from '../../src/index.js';

describe('supportedCodecs()', () => {
  test.each<MediaRole>(['publish', 'subscribe'])(
    'gives each format of %s payload types of its own',
    (role) => {
      const codecs = [...supportedCodecs('audio', role), ...supportedCodecs('video', role)];
      const payloadTypes = codecs.flatMap(({ payloadType, rtxPayloadType }) =>
        rtxPayloadType === undefined ? [payloadType] : [payloadType, rtxPayloadType],
      );

      expect(new Set(payloadTypes).size).toBe(payloadTypes.length);
      expect(payloadTypes.every((payloadType) => payloadType >= 96 && payloadType <= 127)).toBe(true);
    },
  );

  test('names no format twice', () => {
    const codecs = supportedCodecs('video', 'publish').map(({ codec }) => codec);

    expect(codecs.every((a, i) => codecs.every((b, j) => i === j || !codecsMatch(a, b)))).toBe(true);
  });

  test('asks publishers, and only them, for lost audio', () => {
    expect(supportedCodecs('audio', 'publish')[0]?.feedback).toContain('nack');
    expect(supportedCodecs('audio', 'subscribe')[0]?.feedback).toEqual(['transport-cc']);
  });
});
