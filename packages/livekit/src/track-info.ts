import type { AddTrackRequest, AudioTrackFeature } from '@livekit/protocol';
import { SimulcastCodecInfo, TrackInfo, TrackSource as ProtoTrackSource, TrackType } from '@livekit/protocol';
import type { Publication, TrackKind, TrackSource } from '@parley/sfu';

/** What LiveKit clients tell each other of a track, beyond what the sfu needs: its publication's `appData`. */
export class TrackDetails {
  /** As the publisher announced it. */
  readonly request: AddTrackRequest;
  /** Mid of its media section; empty until it is negotiated. */
  mid = '';
  width: number;
  height: number;
  audioFeatures: readonly AudioTrackFeature[];

  constructor(request: AddTrackRequest) {
    this.request = request;
    this.width = request.width;
    this.height = request.height;
    this.audioFeatures = request.audioFeatures;
  }

  /** The codec that the publisher wants to send, such as `video/VP9`; undefined when it leaves the choice open. */
  get preferredMimeType(): string | undefined {
    const codec = this.request.simulcastCodecs[0]?.codec;
    if (codec === undefined || codec === '') return undefined;
    return codec.includes('/')
      ? codec
      : `${this.request.type === TrackType.AUDIO ? 'audio' : 'video'}/${codec}`;
  }
}

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
  if (details instanceof TrackDetails) addDetails(info, details);
  return info;
}

function addDetails(info: TrackInfo, details: TrackDetails): void {
  const { request } = details;
  if (info.mimeType === '') info.mimeType = details.preferredMimeType ?? '';
  if (request.stream !== '') info.stream = request.stream;
  info.mid = details.mid;
  info.width = details.width;
  info.height = details.height;
  info.layers = request.layers;
  info.disableDtx = request.disableDtx;
  info.disableRed = request.disableRed;
  info.stereo = request.stereo;
  info.encryption = request.encryption;
  info.audioFeatures = [...details.audioFeatures];
  info.codecs = [
    new SimulcastCodecInfo({
      mimeType: info.mimeType,
      mid: details.mid,
      cid: request.cid,
      layers: request.layers,
    }),
  ];
}
