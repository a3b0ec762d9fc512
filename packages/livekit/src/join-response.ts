import type { ICEServer } from '@livekit/protocol';
import { Codec, JoinResponse, ReconnectResponse, ServerInfo, ServerInfo_Edition } from '@livekit/protocol';
import type { Participant } from '@parley/sfu';
import { participantInfo, roomInfo } from './participant-info.js';

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
const PUBLISH_CODECS = ['video/VP8', 'video/VP9', 'video/H264', 'video/AV1', 'audio/opus', 'audio/red'];

/**
 * The first message of a session: the room and who is in it.
 *
 * @param version Parley's own, shown to people who debug.
 */
export function joinResponse(
  participant: Participant,
  version: string,
  iceServers: ICEServer[],
): JoinResponse {
  const others = [...participant.room.participants.values()].filter(
    (other) => other !== participant && other.state !== 'joining' && !other.permissions.hidden,
  );
  return new JoinResponse({
    room: roomInfo(participant.room),
    participant: participantInfo(participant),
    otherParticipants: others.map(participantInfo),
    iceServers,
    serverInfo: serverInfo(version),
    serverVersion: LIVEKIT_VERSION,
    subscriberPrimary: participant.subscriberTransport !== participant.publisherTransport,
    fastPublish: true,
    pingInterval: PING_INTERVAL,
    pingTimeout: PING_TIMEOUT,
    enabledPublishCodecs: PUBLISH_CODECS.map((mime) => new Codec({ mime })),
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

function serverInfo(version: string): ServerInfo {
  return new ServerInfo({
    edition: ServerInfo_Edition.Standard,
    version: LIVEKIT_VERSION,
    protocol: PROTOCOL,
    debugInfo: `Parley ${version}`,
  });
}
