/** What the main thread needs of the node: nothing here loads media's native code. */
export {
  LIVEKIT,
  peopleSchema,
  twirpResponseSchema,
  validationSchema,
  webhookSchema,
  type LiveKitQuestion,
  type SignalHttpRequest,
} from './fronts/livekit-messages.js';
export type { LiveKitFrontData } from './fronts/livekit-front.js';
export { ROSTER, rosterSchema, type Roster, type RosterPerson } from './fronts/roster-messages.js';
export {
  MEDIA_PROTOCOL_VERSION,
  type AdvertisedAddress,
  type FromMedia,
  type MediaNodeData,
  type MediaProtocol,
  type ToMedia,
} from './messages.js';
export { queryStun } from './stun-query.js';
export { TCP_PROTOCOL_VERSION, type TcpProtocol, type TcpWorkerData } from './tcp/messages.js';
