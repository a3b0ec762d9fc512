export * from './congestion/index.js';
export * from './ice/index.js';
export * from './rtp/index.js';
export * from './sctp/index.js';
export * from './stun/index.js';
export * from './tcp/index.js';
export { BandwidthControl, PACKET_OVERHEAD, STAMP_SIZE } from './bandwidth-control.js';
export { Encoding, type NegotiatedCodec, type PacketPool } from './encoding.js';
export { RtpDemuxer } from './rtp-demuxer.js';
export { RtpReceiver, type ReceiverSink, type RtpReceiverParameters } from './rtp-receiver.js';
export {
  RtpSender,
  type RtpSenderContext,
  type RtpSenderParameters,
  type RtpSenderSource,
} from './rtp-sender.js';
export { SendBatch, type SendMemory } from './send-batch.js';
export { SenderGroup, type SenderGroupOptions } from './sender-group.js';
export {
  parseFingerprint,
  WebRtcServer,
  type AdvertisedAddress,
  type WebRtcServerCounters,
  type WebRtcServerOptions,
} from './web-rtc-server.js';
export {
  WebRtcTransport,
  type RemoteParameters,
  type TransportState,
  type WebRtcTransportObserver,
} from './web-rtc-transport.js';
