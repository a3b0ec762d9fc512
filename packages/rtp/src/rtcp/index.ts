export * from './compound.js';
export { writeGoodbye, type Goodbye } from './goodbye.js';
export {
  writeFir,
  writePli,
  type FullIntraRequest,
  type FullIntraRequestEntry,
  type PictureLossIndication,
} from './key-frame-request.js';
export { writeNack, type Nack } from './nack.js';
export * from './ntp.js';
export { writeRemb, type Remb } from './remb.js';
export {
  MAX_REPORT_BLOCKS,
  writeReceiverReport,
  writeSenderReport,
  type ReceiverReport,
  type ReportBlock,
  type SenderReport,
} from './reports.js';
export {
  writeSourceDescription,
  type SourceDescription,
  type SourceDescriptionChunk,
} from './source-description.js';
export type { TransportFeedback } from './transport-feedback.js';
export { writeTransportFeedback, type ArrivalReport } from './transport-feedback-writer.js';
