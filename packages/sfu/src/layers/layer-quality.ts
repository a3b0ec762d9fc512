import { NO_LAYER } from './selection.js';

/** How good a picture somebody wants, or a layer is. */
export type VideoQuality = 'off' | 'low' | 'medium' | 'high';

/** A spatial layer as its publisher describes it. */
export interface VideoLayer {
  readonly quality: Exclude<VideoQuality, 'off'>;
  /** Pixels; 0 where the publisher does not tell. */
  readonly width: number;
  readonly height: number;
}

/** What a client wants to see of a track. */
export interface WantedVideo {
  readonly quality: VideoQuality;
  /** Pixels at which it is shown; 0 to go by the quality. */
  readonly width: number;
  readonly height: number;
  /** Pictures a second that are enough; 0 or left out: all there are. */
  readonly fps?: number;
}

/** From bad to good. */
export const VIDEO_QUALITIES = ['off', 'low', 'medium', 'high'] as const satisfies readonly VideoQuality[];

/** Names that publishers give the layers of simulcast, from the lowest up. */
const RID_ORDERS = [
  ['q', 'h', 'f'],
  ['2', '1', '0'],
];

/** A layer that lacks a tenth of the pixels across is still large enough: nobody sees the difference. */
const SIZE_TOLERANCE = 0.9;

/** Negative if `a` is worse than `b`, positive if it is better. */
export function compareQualities(a: VideoQuality, b: VideoQuality): number {
  return VIDEO_QUALITIES.indexOf(a) - VIDEO_QUALITIES.indexOf(b);
}

/**
 * RTP stream ids (RFC 8852) from the lowest layer up, given those of a media section. Ids that are not among the usual
 * ones are taken to be in that order.
 */
export function sortRids(rids: readonly string[]): string[] {
  const order = RID_ORDERS.find((names) => rids.every((rid) => names.includes(rid)));

  return order ? order.filter((rid) => rids.includes(rid)) : [...rids];
}

/** The layers from the lowest up: a layer's place is its spatial layer. */
export function sortLayers(layers: readonly VideoLayer[]): VideoLayer[] {
  return layers.toSorted((a, b) => compareQualities(a.quality, b.quality));
}

/**
 * The spatial layer that is just good enough for what a client wants: the smallest at least as large as it is shown, or
 * the best that is not better than the quality it named. The lowest layer if it wants less than that.
 *
 * @param layers From the lowest up. Empty where the publisher does not tell: then its layers are taken to be low, medium
 *   and high.
 * @returns `NO_LAYER` where nothing is wanted.
 */
export function wantedSpatialLayer(wanted: WantedVideo, layers: readonly VideoLayer[]): number {
  if (wanted.quality === 'off') return NO_LAYER;
  const largest = layers.at(-1);
  if (wanted.width > 0 && wanted.height > 0 && largest && largest.width > 0 && largest.height > 0) {
    return layerOfSize(wanted, layers, largest);
  }
  if (layers.length === 0) return compareQualities(wanted.quality, 'low');
  const layer = layers.findLastIndex(({ quality }) => compareQualities(quality, wanted.quality) <= 0);
  return Math.max(layer, 0);
}

/** The quality to ask of the publisher so that it sends this spatial layer. */
export function qualityOfLayer(spatialLayer: number, layers: readonly VideoLayer[]): VideoQuality {
  if (spatialLayer === NO_LAYER) return 'off';
  const last = layers.length > 0 ? layers.length - 1 : VIDEO_QUALITIES.length - 2;
  const layer = Math.min(spatialLayer, last);
  return layers[layer]?.quality ?? VIDEO_QUALITIES[layer + 1] ?? 'high';
}

/** By the shorter side of the track: a tile that is cropped to another shape says little by its longer one. */
function layerOfSize(wanted: WantedVideo, layers: readonly VideoLayer[], largest: VideoLayer): number {
  const side = largest.width < largest.height ? 'width' : 'height';
  const needed = wanted[side] * SIZE_TOLERANCE;
  const layer = layers.findIndex((candidate) => candidate[side] >= needed);
  return layer === -1 ? layers.length - 1 : layer;
}
