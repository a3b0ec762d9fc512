export type { ConnectionQuality } from './connection-quality.js';
export type { DataSink } from './data-sink.js';
export * from './errors.js';
export { Forwarder, type ForwarderOptions, type Layering } from './forwarder.js';
export * from './layers/index.js';
export type { MediaTransport, MediaTransportState, ParticipantTransports } from './media-transport.js';
export type { MeasurementsSnapshot } from './measurements.js';
export {
  Participant,
  type ParticipantObserver,
  type ParticipantOptions,
  type ParticipantRoom,
  type QualityChange,
  type SpeakerChange,
  type SubscriptionRule,
} from './participant.js';
export { isDependent } from './participant-kind.js';
export type { TrackSettings } from './participant-subscriptions.js';
export { Publication, type PublicationOptions, type Publisher, type WantedQuality } from './publication.js';
export { PublishedCodec } from './published-codec.js';
export { Room, type RoomContext, type RoomLimits, type RoomObserver, type RoomSettings } from './room.js';
export type { RoomQuota } from './room-quota.js';
export { Sfu, type SfuOptions } from './sfu.js';
export { sfuMetrics, type SfuMetrics } from './sfu-metrics.js';
export type { SfuObserver } from './sfu-observer.js';
export { silentObserver } from './silent-observer.js';
export { SpeakerDetector, SPEAKER_INTERVAL } from './speaker-detector.js';
export { Subscription } from './subscription.js';
export * from './tap/index.js';
export * from './types.js';
export { MAX_VP8_DESCRIPTOR_SIZE, Vp8Munger, VP8_DROPPED } from './vp8-munger.js';
