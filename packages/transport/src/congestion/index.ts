export type { RateControlState } from './aimd-rate-control.js';
export {
  CongestionController,
  type CongestionControllerObserver,
  type CongestionControllerOptions,
} from './congestion-controller.js';
export { congestionMetrics, type CongestionCounters } from './congestion-metrics.js';
export { BandwidthControl, PACKET_OVERHEAD, STAMP_SIZE } from './bandwidth-control.js';
export { PacketClass, Pacer, type PacerOptions } from './pacer.js';
export { ReceiveSideEstimator } from './receive-side-estimator.js';
