import type { BitReader } from './bit-reader.js';

/** How a frame matters to a decode target (AV1 RTP specification, table A.1). */
export const DecodeTargetIndication = {
  NOT_PRESENT: 0,
  /** No frame of the target depends on it. */
  DISCARDABLE: 1,
  /** Whoever can decode it can decode all that follows of the target. */
  SWITCH: 2,
  REQUIRED: 3,
} as const;

/** What frames of one kind have in common; descriptors name it instead of telling it. */
export interface FrameTemplate {
  spatialLayer: number;
  temporalLayer: number;
  /** A `DecodeTargetIndication` per decode target. */
  indications: Uint8Array;
  /** How many frames back the frames lie that it depends on. */
  frameDiffs: Uint16Array;
  /** Per chain, how many frames back its previous frame lies; 0 where the chain begins anew. */
  chainDiffs: Uint8Array;
}

/** A size in pixels. */
export interface RenderResolution {
  width: number;
  height: number;
}

/** How the frames of a stream depend on each other: comes with its key frames. */
export interface FrameDependencyStructure {
  /** Id of the first template. */
  templateIdOffset: number;
  templates: readonly FrameTemplate[];
  /** Subsets of the stream that can be decoded: 1 to 32. */
  decodeTargetCount: number;
  /** Highest spatial layer of each decode target. */
  decodeTargetSpatialLayers: Uint8Array;
  decodeTargetTemporalLayers: Uint8Array;
  /** Sequences of frames by whose completeness one knows a decode target to be decodable: 0 to `decodeTargetCount`. */
  chainCount: number;
  /** The chain of each decode target; of no meaning without chains. */
  protectedBy: Uint8Array;
  maxSpatialLayer: number;
  maxTemporalLayer: number;
  /** Largest size per spatial layer; empty where the sender does not tell. */
  resolutions: readonly RenderResolution[];
}

/** Reference frames of AV1 are eight, of VP9 too. */
export const MAX_FRAME_DIFFS = 8;

/** Template ids have six bits. */
const MAX_TEMPLATES = 64;
/** What the RTP payload formats with layers have room for. */
const MAX_SPATIAL_LAYER = 7;
const MAX_TEMPORAL_LAYER = 7;

/** `next_layer_idc` (table A.2). */
const NEXT_TEMPORAL = 1;
const NEXT_SPATIAL = 2;
const END_OF_TEMPLATES = 3;

/** Parses a `template_dependency_structure` (section A.8.2); undefined when it is malformed. */
export function parseFrameDependencyStructure(reader: BitReader): FrameDependencyStructure | undefined {
  const templateIdOffset = reader.read(6);
  const decodeTargetCount = reader.read(5) + 1;
  const templates = readLayers(reader, decodeTargetCount);

  if (!templates) {
    return undefined;
  }

  for (const { indications } of templates) {
    for (let target = 0; target < decodeTargetCount; target++) {
      indications[target] = reader.read(2);
    }
  }
  for (const template of templates) {
    const diffs: number[] = [];

    while (reader.readFlag()) {
      if (diffs.length === MAX_FRAME_DIFFS) {
        return undefined;
      }

      diffs.push(reader.read(4) + 1);
    }

    template.frameDiffs = Uint16Array.from(diffs);
  }

  const protectedBy = new Uint8Array(decodeTargetCount);
  const chainCount = readChains(reader, templates, protectedBy);
  const maxSpatialLayer = templates.at(-1)?.spatialLayer ?? 0;
  const resolutions = reader.readFlag() ? readResolutions(reader, maxSpatialLayer) : [];

  if (reader.exhausted) {
    return undefined;
  }

  return {
    templateIdOffset,
    templates,
    decodeTargetCount,
    decodeTargetSpatialLayers: decodeTargetLayers(templates, decodeTargetCount, 'spatialLayer'),
    decodeTargetTemporalLayers: decodeTargetLayers(templates, decodeTargetCount, 'temporalLayer'),
    chainCount,
    protectedBy,
    maxSpatialLayer,
    maxTemporalLayer: Math.max(...templates.map(({ temporalLayer }) => temporalLayer)),
    resolutions,
  };
}

/** Bitmask of the decode targets that need no layer above these. */
export function decodeTargetsUpTo(
  structure: FrameDependencyStructure,
  maxSpatialLayer: number,
  maxTemporalLayer: number,
): number {
  const { decodeTargetCount, decodeTargetSpatialLayers, decodeTargetTemporalLayers } = structure;
  let mask = 0;

  for (let target = 0; target < decodeTargetCount; target++) {
    if (
      decodeTargetSpatialLayers[target]! <= maxSpatialLayer &&
      decodeTargetTemporalLayers[target]! <= maxTemporalLayer
    ) {
      mask |= 1 << target;
    }
  }

  return mask >>> 0;
}

/** The templates, with their layers and nothing else yet. */
function readLayers(reader: BitReader, decodeTargetCount: number): FrameTemplate[] | undefined {
  const templates: FrameTemplate[] = [];
  let spatialLayer = 0;
  let temporalLayer = 0;
  let next: number;

  do {
    templates.push({
      spatialLayer,
      temporalLayer,
      indications: new Uint8Array(decodeTargetCount),
      frameDiffs: new Uint16Array(0),
      chainDiffs: new Uint8Array(0),
    });
    next = reader.read(2);

    if (next === NEXT_TEMPORAL) {
      temporalLayer++;
    } else if (next === NEXT_SPATIAL) {
      temporalLayer = 0;
      spatialLayer++;
    }
    if (
      reader.exhausted ||
      temporalLayer > MAX_TEMPORAL_LAYER ||
      spatialLayer > MAX_SPATIAL_LAYER ||
      (templates.length === MAX_TEMPLATES && next !== END_OF_TEMPLATES)
    ) {
      return undefined;
    }
  } while (next !== END_OF_TEMPLATES);

  return templates;
}

/** Reads the chains into templates and `protectedBy`; returns how many there are. */
function readChains(reader: BitReader, templates: readonly FrameTemplate[], protectedBy: Uint8Array): number {
  const chainCount = reader.readNonSymmetric(protectedBy.length + 1);

  if (chainCount === 0) {
    return 0;
  }

  for (let target = 0; target < protectedBy.length; target++) {
    protectedBy[target] = reader.readNonSymmetric(chainCount);
  }
  for (const template of templates) {
    template.chainDiffs = Uint8Array.from({ length: chainCount }, () => reader.read(4));
  }

  return chainCount;
}

function readResolutions(reader: BitReader, maxSpatialLayer: number): RenderResolution[] {
  return Array.from({ length: maxSpatialLayer + 1 }, () => ({
    width: reader.read(16) + 1,
    height: reader.read(16) + 1,
  }));
}

function decodeTargetLayers(
  templates: readonly FrameTemplate[],
  decodeTargetCount: number,
  layer: 'spatialLayer' | 'temporalLayer',
): Uint8Array {
  const layers = new Uint8Array(decodeTargetCount);

  for (const template of templates) {
    for (let target = 0; target < decodeTargetCount; target++) {
      if (template.indications[target] !== DecodeTargetIndication.NOT_PRESENT) {
        layers[target] = Math.max(layers[target]!, template[layer]);
      }
    }
  }

  return layers;
}
