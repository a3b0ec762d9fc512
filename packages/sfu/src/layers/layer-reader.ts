import {
  createVp8Descriptor,
  createVp9Descriptor,
  DependencyDescriptorParser,
  isSameMimeType,
  MimeType,
  parseVp8Descriptor,
  parseVp9Descriptor,
} from '@parley/rtp';
import type { SourcePacket } from '../source-packet.js';

/** Descriptors are parsed into these, one packet at a time. */
const vp8 = createVp8Descriptor();
const vp9 = createVp9Descriptor();

/** Tells which layers the packets of one stream belong to; the results lie in the fields. */
export class LayerReader {
  spatialLayer = 0;
  temporalLayer = 0;
  readonly #isVp8: boolean;
  readonly #isVp9: boolean;
  readonly #parser = new DependencyDescriptorParser();

  constructor(mimeType: string) {
    this.#isVp8 = isSameMimeType(mimeType, MimeType.VP8);
    this.#isVp9 = isSameMimeType(mimeType, MimeType.VP9);
  }

  /** Returns false where that cannot be told. A packet that says nothing of layers is of the lowest. */
  read(packet: SourcePacket): boolean {
    const { pool, payloadOffset, payloadSize, dependencyOffset, dependencySize } = packet;
    this.spatialLayer = 0;
    this.temporalLayer = 0;
    if (this.#isVp8) {
      if (!parseVp8Descriptor(pool, payloadOffset, payloadSize, vp8)) return false;
      this.temporalLayer = Math.max(vp8.temporalLayer, 0);
    } else if (dependencySize > 0) {
      const descriptor = this.#parser.parse(pool, dependencyOffset, dependencySize);
      if (!descriptor) return false;
      this.spatialLayer = descriptor.spatialLayer;
      this.temporalLayer = descriptor.temporalLayer;
    } else if (this.#isVp9) {
      if (!parseVp9Descriptor(pool, payloadOffset, payloadSize, vp9)) return false;
      this.spatialLayer = vp9.spatialLayer;
      this.temporalLayer = vp9.temporalLayer;
    }
    return true;
  }
}
