import type {
  RemoteParameters,
  WebRtcServer,
  WebRtcTransport,
  WebRtcTransportObserver,
} from '@parley/transport';
import { LimitError } from '@parley/sfu';

/** The transports of one client: the same one twice where it sends and receives over one. */
export interface SessionTransports {
  readonly publisher: WebRtcTransport;
  readonly subscriber: WebRtcTransport;
}

/** What makes transports. */
export type TransportFactory = Pick<WebRtcServer, 'createTransport'>;

/**
 * Makes them; nothing is sent or received before `setRemote`.
 *
 * @param isDual Whether the client sends and receives over a transport each, as those of `/rtc` do.
 */
export function createTransports(
  server: TransportFactory,
  isDual: boolean,
  observe: (role: keyof SessionTransports) => WebRtcTransportObserver,
): SessionTransports {
  const subscriber = server.createTransport(observe('subscriber'));
  return { subscriber, publisher: isDual ? server.createTransport(observe('publisher')) : subscriber };
}

/** @throws LimitError when the server has no room for another transport. */
export function setRemote(transport: WebRtcTransport, parameters: RemoteParameters): void {
  try {
    transport.setRemote(parameters);
  } catch (error) {
    if (error instanceof RangeError) throw new LimitError(`The server is full: ${error.message}.`);
    throw error;
  }
}
