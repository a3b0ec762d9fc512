import {
  ConnectionQuality as ProtoQuality,
  ConnectionQualityInfo,
  ConnectionQualityUpdate,
} from '@livekit/protocol';
import type { ConnectionQuality, QualityChange } from '@parley/sfu';

const QUALITIES: Readonly<Record<ConnectionQuality, ProtoQuality>> = {
  excellent: ProtoQuality.EXCELLENT,
  good: ProtoQuality.GOOD,
  poor: ProtoQuality.POOR,
  lost: ProtoQuality.LOST,
};

export function connectionQualityUpdate(changes: readonly QualityChange[]): ConnectionQualityUpdate {
  const updates = changes.map(
    ({ participant, quality, score }) =>
      new ConnectionQualityInfo({ participantSid: participant.sid, quality: QUALITIES[quality], score }),
  );
  return new ConnectionQualityUpdate({ updates });
}
