export { parseFingerprint } from './fingerprint.js';
export { WebRtcServer, type AdvertisedAddress, type WebRtcServerOptions } from './web-rtc-server.js';
export {
  WebRtcTransport,
  type RemoteParameters,
  type TransportState,
  type WebRtcTransportObserver,
} from './web-rtc-transport.js';
