export { AddressRateLimiter } from './address-rate-limiter.js';
export type { Clock } from './clock.js';
export { DeadlineQueue } from './deadline-queue.js';
export {
  CodedError,
  errorCode,
  errorText,
  OperatorError,
  type ErrorDetails,
  type OperatorErrorCode,
} from './errors.js';
export { Histogram, type HistogramSnapshot } from './histogram.js';
export { expectTimed, handleDue, type Timed } from './timed.js';
export { TokenBucket } from './token-bucket.js';
export { EventLoopDelay } from './event-loop-delay.js';
export type { Log, LogLevel } from './log.js';
export { LogLimiter, logMetrics } from './log-limiter.js';
export {
  counter,
  countersBy,
  createCounters,
  gauge,
  histogram,
  type HistogramDeclaration,
  type MetricDeclaration,
  type MetricDeclarations,
  type MetricValues,
  type NumberDeclaration,
} from './metrics.js';
export { networkOf } from './network-of.js';
export { SupervisedPort, type PortLike, type SupervisedPortOptions } from './supervised-port.js';
export {
  SupervisedWorker,
  WorkerError,
  type SupervisedWorkerOptions,
  type WorkerLike,
} from './supervised-worker.js';
export { threadMetrics, type ThreadMetric, type ThreadMetricValue } from './thread-metric.js';
export type { FromWorker, ToWorker, WorkerProtocol } from './worker-messages.js';
