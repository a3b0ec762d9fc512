export type { SdesKeys } from './leg.js';
export {
  PlainRtpTransport,
  type PlainRtpObserver,
  type PlainRtpParameters,
  type PlainRtpState,
  type RemoteAddress,
} from './plain-rtp-transport.js';
