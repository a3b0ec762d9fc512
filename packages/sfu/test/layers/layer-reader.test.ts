import { LayerReader } from '@parley/sfu';
import { expect, test } from 'vitest';
import {
  CHROMIUM_L3T3_KEY_FRAME,
  writeDescriptor,
} from '../../../rtp/test/dependency-descriptor/descriptors.js';
import { SourcePacket } from '../../src/source-packet.js';

function packet(payload: readonly number[], dependencies: Uint8Array = new Uint8Array(0)): SourcePacket {
  const made = new SourcePacket();
  made.pool = Uint8Array.of(...payload, ...dependencies);
  made.payloadWord = payload.length << 16;
  made.dependencyWord = dependencies.length === 0 ? 0 : payload.length | (dependencies.length << 16);
  return made;
}

test.each([
  ['VP8 without layers', 'video/VP8', [0x10, 0x01], [0, 0]],
  ['VP8', 'video/VP8', [0x90, 0x20, 0x80, 0x01], [0, 2]],
  ['VP9 without layers', 'video/VP9', [0x8c, 0x01, 0x00], [0, 0]],
  ['VP9', 'video/VP9', [0xac, 0x01, 0x44, 0x00], [2, 2]],
  ['AV1 without a descriptor', 'video/AV1', [0x08, 0x00], [0, 0]],
  ['H264', 'video/H264', [0x65], [0, 0]],
])('tells the layers of %s', (_, mimeType, payload, layers) => {
  const reader = new LayerReader(mimeType);
  expect(reader.read(packet(payload))).toBe(true);
  expect([reader.spatialLayer, reader.temporalLayer]).toEqual(layers);
});

test('tells the layers of a packet with a dependency descriptor, once their structure has come', () => {
  const reader = new LayerReader('video/AV1');
  const delta = packet([0x00], writeDescriptor({ templateId: 13, frameNumber: 0x0175 }));
  expect(reader.read(delta)).toBe(false);
  expect(reader.read(packet([0x08], CHROMIUM_L3T3_KEY_FRAME))).toBe(true);
  expect(reader.read(delta)).toBe(true);
  expect([reader.spatialLayer, reader.temporalLayer]).toEqual([2, 2]);
});

test.each([
  ['VP8', 'video/VP8', [0x80]],
  ['VP9', 'video/VP9', [0xa0]],
])('a payload of %s that is cut off tells nothing', (_, mimeType, payload) => {
  expect(new LayerReader(mimeType).read(packet(payload))).toBe(false);
});
