export { KeptPackets, type PacketPool, type SlotMemory } from './kept-packets.js';
export type { NegotiatedCodec } from './negotiated-codec.js';
export { ReceiveStream, type ReceiveStreamOwner } from './receive-stream.js';
export { RtcpEndpoint } from './rtcp-endpoint.js';
export { rtpMetrics, type RtpCounters } from './rtp-metrics.js';
export type { RtcpProfile } from './rtcp-reports.js';
export { RtpDemuxer } from './rtp-demuxer.js';
export { RtpReceiver, type PacketSink } from './rtp-receiver.js';
export type { RtpReceiverParameters } from './rtp-receiver-parameters.js';
export {
  RtpSender,
  type RtpSenderContext,
  type RtpSenderParameters,
  type RtpSenderObserver,
} from './rtp-sender.js';
export { RtpSession, type RtpSessionContext, type RtpSessionObserver } from './rtp-session.js';
export { SendBatch, type SendMemory } from './send-batch.js';
export { SenderGroup, type SenderGroupOptions } from './sender-group.js';
