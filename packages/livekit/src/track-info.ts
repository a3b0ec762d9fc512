import type { AddTrackRequest, VideoLayer } from '@livekit/protocol';
import {
  AudioTrackFeature,
  Encryption_Type,
  SimulcastCodecInfo,
  TrackInfo,
  TrackSource as ProtoTrackSource,
  TrackType,
  VideoLayer_Mode,
} from '@livekit/protocol';
import { MimeType, canonicalMimeType, isSameMimeType, supportedCodecs } from '@parley/rtp';
import type { Publication, TrackKind, TrackSource } from '@parley/sfu';

/** What LiveKit clients tell each other of a track, beyond what the sfu needs: its publication's `appData`. */
export class TrackDetails {
  /** As the publisher announced it. */
  readonly request: AddTrackRequest;
  /** Its media sections, as far as they are negotiated: by the media type of a backup, or '' for the codec of its own. */
  readonly sections = new Map<string, TrackSection>();
  width: number;
  height: number;
  #audioFeatures: readonly AudioTrackFeature[] = [];

  constructor(request: AddTrackRequest) {
    this.request = request;
    this.width = request.width;
    this.height = request.height;
    this.audioFeatures = request.audioFeatures;
  }

  get audioFeatures(): readonly AudioTrackFeature[] {
    return this.#audioFeatures;
  }

  set audioFeatures(features: readonly AudioTrackFeature[]) {
    this.#audioFeatures = features.slice(0, MAX_FEATURES);
  }

  /** As announced for its own codec. */
  get layers(): VideoLayer[] {
    return announcedLayers(this.request.layers);
  }

  /** The codec that the publisher wants to send, such as `video/VP9`; undefined when it leaves the choice open. */
  get preferredMimeType(): string | undefined {
    return this.#mimeTypes[0];
  }

  get stereo(): boolean {
    return this.request.stereo || this.audioFeatures.includes(AudioTrackFeature.TF_STEREO);
  }

  get disableDtx(): boolean {
    return this.request.disableDtx || this.audioFeatures.includes(AudioTrackFeature.TF_NO_DTX);
  }

  /** What is encrypted end to end has no blocks that could be told apart. */
  get disableRed(): boolean {
    return this.request.disableRed || this.request.encryption !== Encryption_Type.NONE;
  }

  /** Codecs that the publisher can send besides, once a subscriber needs them. */
  get backupMimeTypes(): string[] {
    const [preferred = '', ...backups] = this.#mimeTypes;
    const isSupported = (mimeType: string): boolean =>
      supportedCodecs('video', 'publish').some(({ codec }) => isSameMimeType(codec.mimeType, mimeType));
    return [...new Set(backups)].filter(
      (mimeType) => isSupported(mimeType) && !isSameMimeType(mimeType, preferred),
    );
  }

  get #mimeTypes(): string[] {
    const kind = trackKind(this.request.type) ?? 'video';
    return this.request.simulcastCodecs.flatMap(({ codec }) => mimeTypeOf(kind, codec) ?? []);
  }
}

/** A media section in which a publisher sends. */
export interface TrackSection {
  mid: string;
  /** The track's id as announced, and in the offer. */
  cid: string;
  sdpCid: string;
  layers: VideoLayer[];
}

/** Everybody in the room is told of them. */
const MAX_FEATURES = 16;
const MAX_LAYERS = 8;
const MAX_RID_LENGTH = 64;

const LAYERED_CODECS = [MimeType.VP9, MimeType.AV1];

const SOURCES: Readonly<Record<ProtoTrackSource, TrackSource>> = {
  [ProtoTrackSource.UNKNOWN]: 'unknown',
  [ProtoTrackSource.CAMERA]: 'camera',
  [ProtoTrackSource.MICROPHONE]: 'microphone',
  [ProtoTrackSource.SCREEN_SHARE]: 'screen_share',
  [ProtoTrackSource.SCREEN_SHARE_AUDIO]: 'screen_share_audio',
};

const PROTO_SOURCES: Readonly<Record<TrackSource, ProtoTrackSource>> = {
  unknown: ProtoTrackSource.UNKNOWN,
  camera: ProtoTrackSource.CAMERA,
  microphone: ProtoTrackSource.MICROPHONE,
  screen_share: ProtoTrackSource.SCREEN_SHARE,
  screen_share_audio: ProtoTrackSource.SCREEN_SHARE_AUDIO,
};

/** Of the layers that a publisher announces, those that others are told of. */
export function announcedLayers(layers: readonly VideoLayer[]): VideoLayer[] {
  return layers.slice(0, MAX_LAYERS).filter(({ rid }) => rid.length <= MAX_RID_LENGTH);
}

/** The media type of a codec as clients name it, such as `vp9` or `video/VP9`; undefined for an empty name. */
export function mimeTypeOf(kind: TrackKind, codec: string): string | undefined {
  if (codec === '') return undefined;
  return canonicalMimeType(codec.includes('/') ? codec : `${kind}/${codec}`);
}

/** Undefined for kinds that are no media, or that a newer protocol added. */
export function trackKind(type: TrackType): TrackKind | undefined {
  if (type === TrackType.AUDIO) return 'audio';
  return type === TrackType.VIDEO ? 'video' : undefined;
}

/** A source that a newer protocol added is unknown. */
export function trackSource(source: ProtoTrackSource): TrackSource {
  return source in SOURCES ? SOURCES[source] : 'unknown';
}

export function protoTrackSource(source: TrackSource): ProtoTrackSource {
  return PROTO_SOURCES[source];
}

export function trackInfo(publication: Publication): TrackInfo {
  const info = new TrackInfo({
    sid: publication.sid,
    type: publication.kind === 'audio' ? TrackType.AUDIO : TrackType.VIDEO,
    name: publication.name,
    muted: publication.muted,
    source: PROTO_SOURCES[publication.source],
    mimeType: publication.mimeType,
    stream: publication.source.startsWith('screen_share') ? 'screen' : 'camera',
  });
  const details = publication.appData;
  if (details instanceof TrackDetails) addDetails(info, publication, details);
  return info;
}

function addDetails(info: TrackInfo, publication: Publication, details: TrackDetails): void {
  const { request } = details;
  if (info.mimeType === '') info.mimeType = details.preferredMimeType ?? '';
  if (request.stream !== '') info.stream = request.stream;
  info.mid = details.sections.get('')?.mid ?? '';
  info.width = details.width;
  info.height = details.height;
  info.layers = details.layers;
  info.disableDtx = details.disableDtx;
  info.disableRed = details.disableRed;
  info.stereo = details.stereo;
  info.encryption = request.encryption;
  const features = new Set(details.audioFeatures);
  if (details.stereo) features.add(AudioTrackFeature.TF_STEREO);
  if (details.disableDtx) features.add(AudioTrackFeature.TF_NO_DTX);
  info.audioFeatures = [...features];
  info.simulcast = details.layers.length > 1;
  info.backupCodecPolicy = request.backupCodecPolicy;
  info.codecs = publication.codecs.map(({ mimeType }, index) => {
    const section = details.sections.get(index === 0 ? '' : mimeType);
    return new SimulcastCodecInfo({
      mimeType: mimeType === '' ? info.mimeType : mimeType,
      mid: section?.mid ?? '',
      cid: section?.cid ?? (index === 0 ? request.cid : ''),
      sdpCid: section?.sdpCid ?? '',
      layers: section?.layers ?? details.layers,
      videoLayerMode: layerMode(publication.kind, mimeType),
    });
  });
}

/** As clients publish the codecs at the server version that is announced: VP9 and AV1 with all layers in one stream. */
function layerMode(kind: TrackKind, mimeType: string): VideoLayer_Mode {
  if (kind === 'audio') return VideoLayer_Mode.MODE_UNUSED;
  return LAYERED_CODECS.some((layered) => isSameMimeType(layered, mimeType))
    ? VideoLayer_Mode.MULTIPLE_SPATIAL_LAYERS_PER_STREAM
    : VideoLayer_Mode.ONE_SPATIAL_LAYER_PER_STREAM;
}
