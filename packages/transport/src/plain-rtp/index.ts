export type { SdesKeys } from './leg.js';
export { PlainRtpServer, type PlainRtpPorts } from './plain-rtp-server.js';
export {
  PlainRtpTransport,
  type PlainRtpObserver,
  type PlainRtpParameters,
  type PlainRtpState,
  type RemoteAddress,
} from './plain-rtp-transport.js';
