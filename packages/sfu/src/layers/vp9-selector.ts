import type { Vp9Descriptor } from '@parley/rtp';
import { ALL_LAYERS, NO_LAYER, Selection } from './selection.js';

const NONE = -1;

/** Pictures remembered, so that their late packets are treated as their others were. A power of two. */
const REMEMBERED = 64;
const MASK = REMEMBERED - 1;

/** Where `#pictures` keeps the temporal layer. */
const TEMPORAL_SHIFT = 3;

/**
 * Chooses, for one subscriber, the packets of a VP9 stream by their payload descriptors (RFC 9628 section 4.2), for
 * publishers that send no dependency descriptor.
 *
 * Spatial layers are taken up at key pictures, or where the next higher layer begins without reference to itself; temporal
 * layers where the publisher says that one may. Both are left at the next picture. Lower spatial layers are always
 * forwarded: pictures of the higher ones may build on them.
 */
export class Vp9Selector {
  /** Picture id, or `NONE`, and the layers forwarded of that picture, by the lowest bits of the id. */
  readonly #pictureIds = new Int32Array(REMEMBERED).fill(NONE);
  readonly #pictures = new Int8Array(REMEMBERED);
  #targetSpatialLayer: number = NO_LAYER;
  #targetTemporalLayer: number = ALL_LAYERS;
  #spatialLayer: number = NO_LAYER;
  #temporalLayer: number = ALL_LAYERS;
  #newest = NONE;

  /** The layers forwarded at present; `NO_LAYER` before the start. */
  get spatialLayer(): number {
    return this.#spatialLayer;
  }

  get temporalLayer(): number {
    return this.#temporalLayer;
  }

  /** A key picture is needed to start, or to go as high as wanted. */
  get needsKeyFrame(): boolean {
    return this.#spatialLayer < this.#targetSpatialLayer;
  }

  /** @param spatialLayer At most; `NO_LAYER` forwards nothing, and a later start takes a key picture. */
  setTarget(spatialLayer: number, temporalLayer: number): void {
    this.#targetSpatialLayer = spatialLayer;
    this.#targetTemporalLayer = temporalLayer;
    if (spatialLayer === NO_LAYER) this.restart();
  }

  /** Forwards nothing until the next key picture. */
  restart(): void {
    this.#spatialLayer = NO_LAYER;
    this.#newest = NONE;
    this.#pictureIds.fill(NONE);
  }

  /** Decides on one packet; on packets of the same picture and layer alike. */
  select(descriptor: Vp9Descriptor): Selection {
    const isKeyPicture =
      descriptor.startOfFrame && !descriptor.interPicturePredicted && descriptor.spatialLayer === 0;
    if (this.#targetSpatialLayer === NO_LAYER) return Selection.DROP;
    if (this.#spatialLayer === NO_LAYER && !isKeyPicture) return Selection.DROP;
    if (!descriptor.hasLayers || descriptor.pictureIdBits === 0) {
      // Nothing to choose from.
      this.#spatialLayer = this.#targetSpatialLayer;
      return Selection.FORWARD;
    }
    const distance = this.#distance(descriptor);
    if (distance > 0) this.#begin(descriptor, isKeyPicture);
    else if (distance <= -REMEMBERED) return Selection.DROP;
    else if (distance === 0) this.#takeUpNextLayer(descriptor);
    return this.#layersOf(descriptor);
  }

  /** How many pictures lie from the newest one to this; negative for older ones. */
  #distance({ pictureId, pictureIdBits }: Vp9Descriptor): number {
    if (this.#newest === NONE) return 1;
    const unused = 32 - pictureIdBits;
    return ((pictureId - this.#newest) << unused) >> unused;
  }

  /** A new picture: here layers are left, and at a key picture all wanted ones taken up. */
  #begin(descriptor: Vp9Descriptor, isKeyPicture: boolean): void {
    this.#newest = descriptor.pictureId;
    if (isKeyPicture) {
      this.#spatialLayer = this.#targetSpatialLayer;
      this.#temporalLayer = this.#targetTemporalLayer;
    } else {
      this.#spatialLayer = Math.min(this.#spatialLayer, this.#targetSpatialLayer);
      // No higher picture behind this one depends on a higher one before it.
      const mayGoUp = descriptor.switchingUpPoint && descriptor.temporalLayer <= this.#temporalLayer;
      if (mayGoUp || this.#targetTemporalLayer < this.#temporalLayer) {
        this.#temporalLayer = this.#targetTemporalLayer;
      }
    }
    this.#remember(descriptor.pictureId);
    this.#takeUpNextLayer(descriptor);
  }

  /** In the newest picture: the layer above the present one may begin here. */
  #takeUpNextLayer({ pictureId, spatialLayer, startOfFrame, interPicturePredicted }: Vp9Descriptor): void {
    if (spatialLayer !== this.#spatialLayer + 1 || spatialLayer > this.#targetSpatialLayer) return;
    if (!startOfFrame || interPicturePredicted) return;
    this.#spatialLayer = spatialLayer;
    this.#remember(pictureId);
  }

  #remember(pictureId: number): void {
    const entry = pictureId & MASK;
    this.#pictureIds[entry] = pictureId;
    this.#pictures[entry] = (this.#temporalLayer << TEMPORAL_SHIFT) | this.#spatialLayer;
  }

  /** By the layers chosen for the packet's picture; of pictures that were not seen before, by the present ones. */
  #layersOf({ pictureId, spatialLayer, temporalLayer, endOfFrame }: Vp9Descriptor): Selection {
    const entry = pictureId & MASK;
    const isKnown = this.#pictureIds[entry] === pictureId;
    const picture = this.#pictures[entry]!;
    const maxSpatialLayer = isKnown ? picture & ALL_LAYERS : this.#spatialLayer;
    const maxTemporalLayer = isKnown ? picture >> TEMPORAL_SHIFT : this.#temporalLayer;
    if (spatialLayer > maxSpatialLayer || temporalLayer > maxTemporalLayer) return Selection.DROP;
    return endOfFrame && spatialLayer === maxSpatialLayer ? Selection.FORWARD_MARKED : Selection.FORWARD;
  }
}
