import { createVp9Descriptor, parseVp9Descriptor } from '@parley/rtp';
import { NO_LAYER, Selection, Vp9Selector } from '@parley/sfu';
import { describe, expect, test } from 'vitest';

/** What a packet is told as: dropped, forwarded, forwarded as the end of its picture. */
const SIGNS: Record<Selection, string> = {
  [Selection.DROP]: '-',
  [Selection.FORWARD]: 'f',
  [Selection.FORWARD_MARKED]: 'M',
  [Selection.SWITCH]: '?',
};

interface Packet {
  pictureId: number;
  spatialLayer?: number;
  temporalLayer?: number;
  isKey?: boolean;
  /** A receiver may switch up here. */
  isUpSwitch?: boolean;
  /** A frame of a higher layer that builds on the lower layer only. */
  beginsLayer?: boolean;
  start?: boolean;
  end?: boolean;
}

/** A descriptor in non-flexible mode, with a picture id of 15 bits, as Chromium writes it. */
function descriptorBytes(packet: Packet): Uint8Array {
  const { pictureId, spatialLayer = 0, temporalLayer = 0 } = packet;
  const predicted = !packet.isKey && !packet.beginsLayer;
  return Uint8Array.of(
    0xa0 | (predicted ? 0x40 : 0) | ((packet.start ?? true) ? 0x08 : 0) | ((packet.end ?? true) ? 0x04 : 0),
    0x80 | (pictureId >> 8),
    pictureId & 0xff,
    (temporalLayer << 5) | (packet.isUpSwitch ? 0x10 : 0) | (spatialLayer << 1) | (spatialLayer > 0 ? 1 : 0),
    0,
  );
}

function send(selector: Vp9Selector, bytes: Uint8Array): string {
  const descriptor = createVp9Descriptor();
  expect(parseVp9Descriptor(bytes, 0, bytes.length, descriptor)).toBe(true);
  return SIGNS[selector.select(descriptor)];
}

/** A picture of three spatial layers, a packet each. */
function picture(selector: Vp9Selector, packet: Packet): string {
  return [0, 1, 2]
    .map((spatialLayer) => send(selector, descriptorBytes({ ...packet, spatialLayer })))
    .join('');
}

/** A selector that began with the key picture 0. */
function started(spatialLayer: number, temporalLayer: number): Vp9Selector {
  const selector = new Vp9Selector();
  selector.setTarget(spatialLayer, temporalLayer);
  picture(selector, { pictureId: 0, isKey: true });
  return selector;
}

describe('Vp9Selector', () => {
  test.each([
    [2, 2, 'ffM', 'ffM ffM ffM ffM'],
    [1, 1, 'fM-', '--- fM- --- fM-'],
    [0, 0, 'M--', '--- --- --- M--'],
    [NO_LAYER, 2, '---', '--- --- --- ---'],
  ])(
    'forwards up to layer S%i T%i, and marks the last packet of each picture',
    (spatial, temporal, key, cycle) => {
      const selector = new Vp9Selector();
      selector.setTarget(spatial, temporal);
      expect(picture(selector, { pictureId: 0x7ffe, isKey: true })).toBe(key);
      const sent = [2, 1, 2, 0].map((temporalLayer, index) =>
        picture(selector, { pictureId: (0x7fff + index) & 0x7fff, temporalLayer }),
      );
      expect(sent.join(' ')).toBe(cycle);
      expect(selector.needsKeyFrame).toBe(false);
    },
  );

  test('marks only the end of a frame', () => {
    const selector = started(0, 2);
    expect(send(selector, descriptorBytes({ pictureId: 1, end: false }))).toBe('f');
    expect(send(selector, descriptorBytes({ pictureId: 1, start: false }))).toBe('M');
  });

  test('starts with a key picture, and asks for it', () => {
    const selector = new Vp9Selector();
    selector.setTarget(2, 2);
    expect(picture(selector, { pictureId: 5 })).toBe('---');
    expect(selector.needsKeyFrame).toBe(true);
    expect(picture(selector, { pictureId: 6, isKey: true })).toBe('ffM');
  });

  test('goes down with the next picture, not in the middle of one', () => {
    const selector = started(2, 2);
    expect(send(selector, descriptorBytes({ pictureId: 1 }))).toBe('f');
    selector.setTarget(0, 2);
    expect(send(selector, descriptorBytes({ pictureId: 1, spatialLayer: 1 }))).toBe('f');
    expect(send(selector, descriptorBytes({ pictureId: 1, spatialLayer: 2 }))).toBe('M');
    expect(picture(selector, { pictureId: 2 })).toBe('M--');
    expect(selector.needsKeyFrame).toBe(false);
  });

  test('goes up in space with a key picture, and asks for it', () => {
    const selector = started(0, 2);
    selector.setTarget(2, 2);
    expect(picture(selector, { pictureId: 1 })).toBe('M--');
    expect(selector.needsKeyFrame).toBe(true);
    expect(picture(selector, { pictureId: 2, isKey: true })).toBe('ffM');
    expect(selector.needsKeyFrame).toBe(false);
  });

  test('takes up the next layer where it begins without reference to itself', () => {
    const selector = started(0, 2);
    selector.setTarget(2, 2);
    expect(send(selector, descriptorBytes({ pictureId: 1 }))).toBe('M');
    expect(send(selector, descriptorBytes({ pictureId: 1, spatialLayer: 2, beginsLayer: true }))).toBe('-');
    expect(send(selector, descriptorBytes({ pictureId: 2 }))).toBe('M');
    expect(send(selector, descriptorBytes({ pictureId: 2, spatialLayer: 1, beginsLayer: true }))).toBe('M');
    expect(picture(selector, { pictureId: 3 })).toBe('fM-');
    expect(selector.spatialLayer).toBe(1);
  });

  test('goes up in time where the publisher says that one may', () => {
    const selector = started(2, 0);
    selector.setTarget(2, 2);
    expect(picture(selector, { pictureId: 1, temporalLayer: 2, isUpSwitch: true })).toBe('---');
    expect(picture(selector, { pictureId: 2, temporalLayer: 0 })).toBe('ffM');
    expect(picture(selector, { pictureId: 3, temporalLayer: 1 })).toBe('---');
    expect(picture(selector, { pictureId: 4, temporalLayer: 0, isUpSwitch: true })).toBe('ffM');
    expect(picture(selector, { pictureId: 5, temporalLayer: 2 })).toBe('ffM');
  });

  test('goes down in time at once', () => {
    const selector = started(2, 2);
    selector.setTarget(2, 0);
    expect(picture(selector, { pictureId: 1, temporalLayer: 2 })).toBe('---');
    expect(picture(selector, { pictureId: 2, temporalLayer: 0 })).toBe('ffM');
  });

  test('a packet is treated like the others of its picture when it comes late or again', () => {
    const selector = started(2, 2);
    picture(selector, { pictureId: 1 });
    selector.setTarget(0, 2);
    picture(selector, { pictureId: 3 });
    expect(send(selector, descriptorBytes({ pictureId: 1, spatialLayer: 2 }))).toBe('M');
    expect(picture(selector, { pictureId: 2 })).toBe('M--');
    expect(send(selector, descriptorBytes({ pictureId: 0x7000, spatialLayer: 0 }))).toBe('-');
  });

  test('stops at once, and starts again with a key picture', () => {
    const selector = started(2, 2);
    selector.setTarget(NO_LAYER, 2);
    expect(picture(selector, { pictureId: 1 })).toBe('---');
    selector.setTarget(1, 2);
    expect(picture(selector, { pictureId: 2 })).toBe('---');
    expect(picture(selector, { pictureId: 3, isKey: true })).toBe('fM-');
  });

  test('a stream without layers is forwarded whole, from a key frame on', () => {
    const selector = new Vp9Selector();
    selector.setTarget(1, 2);
    expect(send(selector, Uint8Array.of(0xcc, 0x81, 0x00))).toBe('-');
    expect(send(selector, Uint8Array.of(0x8c, 0x81, 0x01))).toBe('f');
    expect(send(selector, Uint8Array.of(0xcc, 0x81, 0x02))).toBe('f');
    expect(selector.needsKeyFrame).toBe(false);
  });
});
