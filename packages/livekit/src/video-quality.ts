import type { UpdateTrackSettings, VideoLayer as ProtoVideoLayer } from '@livekit/protocol';
import {
  SubscribedCodec,
  SubscribedQuality,
  SubscribedQualityUpdate,
  VideoQuality as ProtoVideoQuality,
} from '@livekit/protocol';
import type { Publication, TrackSettings, VideoLayer, VideoQuality } from '@parley/sfu';

const HIGHEST_PRIORITY = 255;

/** From bad to good, without `off`. */
const QUALITIES = ['low', 'medium', 'high'] as const;

const PROTO_QUALITIES: Readonly<Record<VideoQuality, ProtoVideoQuality>> = {
  off: ProtoVideoQuality.OFF,
  low: ProtoVideoQuality.LOW,
  medium: ProtoVideoQuality.MEDIUM,
  high: ProtoVideoQuality.HIGH,
};

/** A quality that a newer protocol added is the best there is. */
function videoQuality(quality: ProtoVideoQuality): VideoQuality {
  if (quality === ProtoVideoQuality.OFF) return 'off';
  return QUALITIES.find((known) => PROTO_QUALITIES[known] === quality) ?? 'high';
}

/** Layers of a video as its publisher announces them. */
export function videoLayers(layers: readonly ProtoVideoLayer[]): VideoLayer[] {
  return layers.flatMap(({ quality, width, height }) => {
    const known = videoQuality(quality);
    return known === 'off' ? [] : [{ quality: known, width, height }];
  });
}

/** What a client shows of a track. */
export function trackSettings(settings: UpdateTrackSettings): TrackSettings {
  const { disabled, quality, width, height, fps, priority } = settings;
  return {
    enabled: !disabled,
    wanted: { quality: videoQuality(quality), width, height, fps },
    // Clients call the highest 1, and what has none comes after.
    priority: priority === 0 ? 0 : HIGHEST_PRIORITY + 1 - Math.min(priority, HIGHEST_PRIORITY),
  };
}

/** Tells a publisher which layers to send: those up to the best that somebody wants. */
export function subscribedQualityUpdate({
  sid,
  wantedQualities,
}: Pick<Publication, 'sid' | 'wantedQualities'>): SubscribedQualityUpdate {
  const subscribedCodecs = wantedQualities.map(({ mimeType, quality }) => {
    const codec = mimeType.split('/')[1]?.toLowerCase() ?? '';
    return new SubscribedCodec({ codec, qualities: subscribedQualities(quality) });
  });
  return new SubscribedQualityUpdate({
    trackSid: sid,
    // For clients that know of one codec only.
    subscribedQualities: subscribedCodecs[0]?.qualities ?? [],
    subscribedCodecs,
  });
}

function subscribedQualities(wanted: VideoQuality): SubscribedQuality[] {
  const best = PROTO_QUALITIES[wanted];
  return QUALITIES.map((quality) => {
    const enabled = best !== ProtoVideoQuality.OFF && PROTO_QUALITIES[quality] <= best;
    return new SubscribedQuality({ quality: PROTO_QUALITIES[quality], enabled });
  });
}
