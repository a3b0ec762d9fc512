export type { ConnectionQuality } from './connection-quality.js';
export * from './errors.js';
export { Forwarder, type ForwarderOptions, type Layering } from './forwarder.js';
export { Histogram, type HistogramSnapshot } from './histogram.js';
export * from './layers/index.js';
export type { MeasurementsSnapshot } from './measurements.js';
export {
  Participant,
  type ParticipantOptions,
  type ParticipantState,
  type SubscriptionRule,
} from './participant.js';
export type {
  ParticipantObserver,
  QualityChange,
  SpeakerChange,
  StreamState,
} from './participant-observer.js';
export type { TrackSettings } from './participant-subscriptions.js';
export { Publication, type PublicationOptions, type WantedQuality } from './publication.js';
export { PublishedCodec } from './published-codec.js';
export { Room, type RoomContext, type RoomLimits, type RoomSettings } from './room.js';
export type { RoomQuota } from './room-quota.js';
export { Sfu, type SfuMetrics, type SfuOptions } from './sfu.js';
export type { SfuObserver } from './sfu-observer.js';
export { SpeakerDetector, SPEAKER_INTERVAL } from './speaker-detector.js';
export { Subscription } from './subscription.js';
export * from './types.js';
export { MAX_VP8_DESCRIPTOR_SIZE, Vp8Munger, VP8_DROPPED } from './vp8-munger.js';
