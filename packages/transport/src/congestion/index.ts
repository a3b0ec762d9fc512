export type { RateControlState } from './aimd-rate-control.js';
export {
  CongestionController,
  type CongestionControllerObserver,
  type CongestionControllerOptions,
  type CongestionCounters,
} from './congestion-controller.js';
export { PacketClass, Pacer, type PacerOptions } from './pacer.js';
export { ReceiveSideEstimator } from './receive-side-estimator.js';
