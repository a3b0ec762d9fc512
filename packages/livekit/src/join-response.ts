import type { ICEServer } from '@livekit/protocol';
import {
  ClientConfiguration,
  Codec,
  JoinResponse,
  ReconnectResponse,
  ServerInfo,
  ServerInfo_Edition,
} from '@livekit/protocol';
import { MimeType } from '@parley/rtp';
import type { Participant, Room } from '@parley/sfu';
import { ParticipantDetails, participantInfo, roomInfo } from './participant-info.js';

export interface JoinResponseOptions {
  /** The participant's. */
  room: Room;
  /** Whether the client sends and receives over a transport each. */
  isDual: boolean;
  /** Parley's own, shown to people who debug. */
  version: string;
  iceServers: readonly ICEServer[];
}

/**
 * The LiveKit version whose behaviour clients may expect. livekit-client asks for three things of it: it must not be
 * empty; RPC needs 1.8.0; above 1.13.6, VP9 and AV1 cameras with an L1 mode come as simulcast with rids, one layer of
 * which would then be all that is forwarded.
 */
const LIVEKIT_VERSION = '1.13.5';
/** Signalling protocol; 17 would promise that packet trailers are forwarded. */
const PROTOCOL = 16;
/** Seconds between the client's pings, and without any message until it gives the connection up. */
const PING_INTERVAL = 5;
const PING_TIMEOUT = 15;
/**
 * What clients may publish, video first. A client that wants another codec falls back to the first one; a list that is
 * not empty also spares it a round trip, as it need not wait for the server's choice before it offers.
 */
const PUBLISH_CODECS: readonly string[] = [
  MimeType.VP8,
  MimeType.VP9,
  MimeType.H264,
  MimeType.AV1,
  MimeType.OPUS,
  MimeType.RED,
];

/** The first message of a session: the room and who is in it. */
export function joinResponse(
  participant: Participant,
  { room, isDual, version, iceServers }: JoinResponseOptions,
): JoinResponse {
  const others = [...room.participants.values()].filter(
    (other) => other !== participant && other.state !== 'joining' && !other.permissions.hidden,
  );
  const configuration = clientConfiguration(participant);
  return new JoinResponse({
    room: roomInfo(room),
    participant: participantInfo(participant),
    otherParticipants: others.map(participantInfo),
    iceServers: [...iceServers],
    serverInfo: serverInfo(version),
    serverVersion: LIVEKIT_VERSION,
    subscriberPrimary: isDual,
    fastPublish: true,
    pingInterval: PING_INTERVAL,
    pingTimeout: PING_TIMEOUT,
    enabledPublishCodecs: publishCodecs(participant),
    ...(configuration && { clientConfiguration: configuration }),
  });
}

/**
 * The first message over a new WebSocket to a session that goes on.
 *
 * @param lastSequence Of the client's reliable data packets: it sends those after it again.
 */
export function reconnectResponse(
  version: string,
  lastSequence: number,
  iceServers: ICEServer[],
): ReconnectResponse {
  return new ReconnectResponse({
    iceServers,
    serverInfo: serverInfo(version),
    lastMessageSeq: lastSequence,
  });
}

function publishCodecs({ appData }: Participant): Codec[] {
  const disabled = appData instanceof ParticipantDetails ? appData.disabledCodecs.publish : [];
  return codecs(PUBLISH_CODECS.filter((mimeType) => !disabled.includes(mimeType)));
}

/** Undefined where there is nothing to withhold from the client. */
function clientConfiguration({ appData }: Participant): ClientConfiguration | undefined {
  if (!(appData instanceof ParticipantDetails)) return undefined;
  const { publish, subscribe } = appData.disabledCodecs;
  if (publish.length + subscribe.length === 0) return undefined;
  // `codecs` are withheld in both directions.
  return new ClientConfiguration({
    disabledCodecs: {
      codecs: codecs(subscribe),
      publish: codecs(publish.filter((mimeType) => !subscribe.includes(mimeType))),
    },
  });
}

function codecs(mimeTypes: readonly string[]): Codec[] {
  return mimeTypes.map((mime) => new Codec({ mime }));
}

function serverInfo(version: string): ServerInfo {
  return new ServerInfo({
    edition: ServerInfo_Edition.Standard,
    version: LIVEKIT_VERSION,
    protocol: PROTOCOL,
    debugInfo: `Parley ${version}`,
  });
}
