import type { Vp8Descriptor } from '@parley/rtp';
import { ALL_LAYERS } from './layers/selection.js';

/** Bytes of the longest descriptor that `Vp8Munger` writes. */
export const MAX_VP8_DESCRIPTOR_SIZE = 6;

/** Returned instead of a size: the packet is not forwarded. */
export const VP8_DROPPED = 0;

/** Pictures remembered, so that their late packets get the number that their others got. A power of two. */
const REMEMBERED = 128;
const MASK = REMEMBERED - 1;

const NONE = -1;
const EXTENDED = 0x80;
const NON_REFERENCE = 0x20;
const START_OF_PARTITION = 0x10;
const HAS_PICTURE_ID = 0x80;
const HAS_TL0_PICTURE_INDEX = 0x40;
const HAS_TEMPORAL_LAYER = 0x20;
const HAS_KEY_INDEX = 0x10;
const LONG_PICTURE_ID = 0x80;
const LAYER_SYNC = 0x20;
const PICTURE_ID_MASK = 0x7fff;

/**
 * Rewrites the VP8 payload descriptors (RFC 7741 section 4.2) of one subscriber's stream, such that picture ids and the
 * indices of layer 0 and of key frames go on when another source takes over and when temporal layers are left out.
 *
 * A receiver takes a missing picture id for a lost picture, and waits. What the publisher's packets miss stays missing.
 */
export class Vp8Munger {
  /** Picture id of the source and of the subscriber, or `NONE` for dropped pictures, by the lowest bits of the first. */
  readonly #sources = new Int32Array(REMEMBERED).fill(NONE);
  readonly #outgoing = new Int32Array(REMEMBERED).fill(NONE);
  #maxTemporalLayer: number = ALL_LAYERS;
  #temporalLayer: number = ALL_LAYERS;
  #running = false;
  #everRan = false;
  /** The next picture, whichever it is, is the first. */
  #joins = false;
  #pictureIdBits = 0;
  /** The newest picture of the source. */
  #newest = NONE;
  /** Picture id that the subscriber got with the newest picture, or before it where that was dropped. */
  #newestOutgoing = 0;
  /** Source less subscriber. */
  #tl0Offset = 0;
  #keyOffset = 0;
  /** As the subscriber saw them last. */
  #lastTl0 = 0;
  #lastKey = 0;

  /** The highest temporal layer forwarded at present. */
  get temporalLayer(): number {
    return this.#temporalLayer;
  }

  /** Leaves out higher temporal layers from the next picture on; takes them up again where the publisher allows it. */
  setMaxTemporalLayer(layer: number): void {
    this.#maxTemporalLayer = layer;
  }

  /** The next packet starts a key frame behind a gap, maybe of another source: numbers go on from there. */
  restart(): void {
    this.#running = false;
    this.#joins = false;
    this.#sources.fill(NONE);
  }

  /** The subscriber had the stream as it is so far: numbers go on as they are, with the next picture. */
  join(): void {
    this.#joins = true;
  }

  /**
   * Writes the descriptor of one packet, which stands instead of the first `descriptor.size` bytes of its payload.
   *
   * A packet may be given more than once, as for a retransmission: its descriptor is the same each time.
   *
   * @param isKeyFrame Whether a key frame starts in the packet.
   * @param out Has room for `MAX_VP8_DESCRIPTOR_SIZE` bytes at `offset`.
   * @returns Bytes written, or `VP8_DROPPED`.
   */
  munge(descriptor: Vp8Descriptor, isKeyFrame: boolean, out: Uint8Array, offset: number): number {
    if (this.#joins || (isKeyFrame && !this.#follows(descriptor))) {
      this.#start(descriptor);
    }
    if (!this.#running) {
      return VP8_DROPPED;
    }
    if (descriptor.pictureIdBits === 0) {
      return this.#write(descriptor, 0, out, offset);
    }

    const distance = this.#distance(descriptor.pictureId);

    if (distance > 0) {
      this.#advance(descriptor, distance, isKeyFrame);
    }

    const entry = descriptor.pictureId & MASK;

    if (this.#sources[entry] !== descriptor.pictureId || this.#outgoing[entry] === NONE) {
      return VP8_DROPPED;
    }

    return this.#write(descriptor, this.#outgoing[entry]!, out, offset);
  }

  /** Whether a key frame goes on with the numbers before it; an encoder that was restarted counts anew. */
  #follows({ pictureId, pictureIdBits }: Vp8Descriptor): boolean {
    if (!this.#running || pictureIdBits !== this.#pictureIdBits) {
      return false;
    }

    return this.#distance(pictureId) > 0 || this.#sources[pictureId & MASK] === pictureId;
  }

  #start(descriptor: Vp8Descriptor): void {
    const { pictureId, tl0PictureIndex, keyIndex } = descriptor;

    if (this.#everRan) {
      this.#newestOutgoing++;
      this.#tl0Offset = tl0PictureIndex - this.#lastTl0 - 1;
      this.#keyOffset = keyIndex - this.#lastKey - 1;
    } else {
      this.#newestOutgoing = Math.max(pictureId, 0);
      this.#lastTl0 = Math.max(tl0PictureIndex, 0);
      this.#lastKey = Math.max(keyIndex, 0);
    }

    this.#pictureIdBits = descriptor.pictureIdBits;
    this.#temporalLayer = this.#maxTemporalLayer;
    this.#newest = pictureId;
    this.#sources.fill(NONE);
    this.#remember(pictureId, this.#newestOutgoing);
    this.#running = true;
    this.#joins = false;
    this.#everRan = true;
  }

  /** How many pictures lie from the newest one to this; negative for older ones. */
  #distance(pictureId: number): number {
    const unused = 32 - this.#pictureIdBits;

    return ((pictureId - this.#newest) << unused) >> unused;
  }

  /** A new picture: those between it and the newest one may still come, their numbers are left free. */
  #advance(descriptor: Vp8Descriptor, distance: number, isKeyFrame: boolean): void {
    const idMask = 2 ** this.#pictureIdBits - 1;
    const outgoing = this.#newestOutgoing + distance;

    for (let behind = Math.min(distance, REMEMBERED) - 1; behind > 0; behind--) {
      this.#remember((descriptor.pictureId - behind) & idMask, outgoing - behind);
    }

    const isDropped = this.#isAboveLayer(descriptor, isKeyFrame);

    this.#newest = descriptor.pictureId;
    this.#newestOutgoing = (isDropped ? outgoing - 1 : outgoing) & PICTURE_ID_MASK;
    this.#remember(descriptor.pictureId, isDropped ? NONE : outgoing);
  }

  /** Follows the wanted layer where the picture allows it; tells whether the picture lies above the layer. */
  #isAboveLayer(descriptor: Vp8Descriptor, isKeyFrame: boolean): boolean {
    const { temporalLayer, layerSync } = descriptor;

    if (isKeyFrame || this.#maxTemporalLayer < this.#temporalLayer) {
      this.#temporalLayer = this.#maxTemporalLayer;
    } else if (
      layerSync &&
      temporalLayer === this.#temporalLayer + 1 &&
      temporalLayer <= this.#maxTemporalLayer
    ) {
      this.#temporalLayer = temporalLayer;
    }

    return temporalLayer > this.#temporalLayer;
  }

  #remember(pictureId: number, outgoing: number): void {
    const entry = pictureId & MASK;

    this.#sources[entry] = pictureId;
    this.#outgoing[entry] = outgoing;
  }

  /** Picture ids always get 15 bits: sources that take turns may differ in that. */
  #write(descriptor: Vp8Descriptor, pictureId: number, out: Uint8Array, offset: number): number {
    const { pictureIdBits, tl0PictureIndex, temporalLayer, keyIndex } = descriptor;
    const first =
      (descriptor.nonReference ? NON_REFERENCE : 0) |
      (descriptor.startOfPartition ? START_OF_PARTITION : 0) |
      descriptor.partition;
    let flags = 0;
    let at = offset + 2;

    if (pictureIdBits > 0) {
      flags |= HAS_PICTURE_ID;
      out[at++] = LONG_PICTURE_ID | ((pictureId >>> 8) & 0x7f);
      out[at++] = pictureId;
    }
    if (tl0PictureIndex >= 0) {
      const index = (tl0PictureIndex - this.#tl0Offset) & 0xff;

      flags |= HAS_TL0_PICTURE_INDEX;
      out[at++] = index;
      this.#lastTl0 = newer(index, this.#lastTl0, 8);
    }
    if (temporalLayer >= 0 || keyIndex >= 0) {
      const index = keyIndex >= 0 ? (keyIndex - this.#keyOffset) & 0x1f : 0;

      flags |= (temporalLayer >= 0 ? HAS_TEMPORAL_LAYER : 0) | (keyIndex >= 0 ? HAS_KEY_INDEX : 0);
      out[at++] = (Math.max(temporalLayer, 0) << 6) | (descriptor.layerSync ? LAYER_SYNC : 0) | index;
      this.#lastKey = newer(index, this.#lastKey, 5);
    }
    if (flags === 0) {
      out[offset] = first;
      return 1;
    }

    out[offset] = EXTENDED | first;
    out[offset + 1] = flags;
    return at - offset;
  }
}

/** The later of two numbers that wrap after `bits` bits. */
function newer(a: number, b: number, bits: number): number {
  const unused = 32 - bits;

  return (a - b) << unused > 0 ? a : b;
}
