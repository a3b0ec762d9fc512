export type { TwirpRequest, TwirpResponse } from './api/twirp-handler.js';
export { permissionsFromGrants } from './grants.js';
export type { IceServerOptions } from './ice-servers.js';
export { liveKitMetrics, type LiveKitMetrics } from './livekit-metrics.js';
export {
  LiveKitService,
  type LiveKitOptions,
  type SignalAnswer,
  type JoinHttpRequest,
} from './livekit-service.js';
export type { Log, LogLevel } from './session-context.js';
export type { SignalConnection } from './signal-channel.js';
export type { SignalSession } from './participant-session.js';
export type { Webhook, WebhookEventName } from './webhooks/webhook-events.js';
