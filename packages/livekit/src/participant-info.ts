import type { ClientInfo, ClientInfo_Capability } from '@livekit/protocol';
import {
  Codec,
  ParticipantInfo,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
  Room as RoomInfo,
} from '@livekit/protocol';
import { MimeType } from '@parley/rtp';
import type { Participant, ParticipantPermissions, ParticipantState, Publication, Room } from '@parley/sfu';
import type { AccessGrants } from '@parley/access';
import { disabledCodecs, type DisabledCodecs } from './client-quirks.js';
import { disconnectReason } from './disconnect-reason.js';
import { protoTrackSource, trackInfo, trackSource } from './track-info.js';

/** What LiveKit clients tell each other of themselves, beyond what the sfu needs: the participant's `appData`. */
export class ParticipantDetails {
  readonly kind: ParticipantInfo_Kind;
  /** Version of the signalling that the client speaks. */
  readonly protocol: number;
  /** What the client speaks with other clients; relayed only. */
  readonly clientProtocol: number;
  readonly capabilities: readonly ClientInfo_Capability[];
  /** Whether it records by its grant, whatever it is. */
  readonly isRecorder: boolean;
  /** Codecs that do not work well with this client. */
  readonly disabledCodecs: DisabledCodecs;

  /**
   * @param client As it describes itself.
   * @param userAgent Of its request.
   */
  constructor({ kind, video }: AccessGrants, client: Partial<ClientInfo>, userAgent: string) {
    this.kind = KINDS.get(kind) ?? ParticipantInfo_Kind.STANDARD;
    this.isRecorder = video.recorder === true;
    this.protocol = client.protocol ?? 0;
    this.clientProtocol = client.clientProtocol ?? 0;
    this.capabilities = client.capabilities ?? [];
    this.disabledCodecs = disabledCodecs(client, userAgent);
  }
}

/** What may be used in a room, in LiveKit's order. */
const ROOM_CODECS: readonly string[] = [
  MimeType.OPUS,
  MimeType.RED,
  MimeType.VP8,
  MimeType.H264,
  MimeType.VP9,
  MimeType.AV1,
  MimeType.RTX,
];

const KINDS: ReadonlyMap<string, ParticipantInfo_Kind> = new Map([
  ['standard', ParticipantInfo_Kind.STANDARD],
  ['ingress', ParticipantInfo_Kind.INGRESS],
  ['egress', ParticipantInfo_Kind.EGRESS],
  ['sip', ParticipantInfo_Kind.SIP],
  ['agent', ParticipantInfo_Kind.AGENT],
  ['connector', ParticipantInfo_Kind.CONNECTOR],
  ['bridge', ParticipantInfo_Kind.BRIDGE],
]);

const STATES: Readonly<Record<ParticipantState, ParticipantInfo_State>> = {
  joining: ParticipantInfo_State.JOINING,
  joined: ParticipantInfo_State.JOINED,
  active: ParticipantInfo_State.ACTIVE,
  disconnected: ParticipantInfo_State.DISCONNECTED,
};

export function participantInfo(participant: Participant): ParticipantInfo {
  const publications = attachedPublications(participant);
  const details = participant.appData;
  return new ParticipantInfo({
    sid: participant.sid,
    identity: participant.identity,
    name: participant.name,
    metadata: participant.metadata,
    attributes: { ...participant.attributes },
    state: STATES[participant.state],
    disconnectReason: disconnectReason(participant.disconnectReason),
    joinedAt: BigInt(Math.floor(participant.joinedAt / 1000)),
    joinedAtMs: BigInt(Math.floor(participant.joinedAt)),
    version: participant.version,
    permission: participantPermission(participant),
    isPublisher: publications.length > 0,
    tracks: publications.map(trackInfo),
    ...(details instanceof ParticipantDetails && {
      kind: details.kind,
      clientProtocol: details.clientProtocol,
      capabilities: [...details.capabilities],
    }),
  });
}

/** Of somebody who is still there, and whom the client is to take for gone. */
export function departedInfo({ sid, identity, version }: Participant): ParticipantInfo {
  return new ParticipantInfo({ sid, identity, version, state: ParticipantInfo_State.DISCONNECTED });
}

export function roomInfo(room: Room): RoomInfo {
  const participants = [...room.participants.values()].filter(({ permissions }) => !permissions.hidden);
  return new RoomInfo({
    sid: room.sid,
    name: room.name,
    metadata: room.metadata,
    creationTime: BigInt(Math.floor(room.createdAt / 1000)),
    creationTimeMs: BigInt(Math.floor(room.createdAt)),
    emptyTimeout: Math.floor(room.settings.emptyTimeout / 1000),
    departureTimeout: Math.floor(room.settings.departureTimeout / 1000),
    maxParticipants: room.settings.maxParticipants,
    numParticipants: participants.length,
    activeRecording: [...room.participants.values()].some(isRecorder),
    enabledCodecs: ROOM_CODECS.map((mime) => new Codec({ mime })),
    numPublishers: participants.filter((participant) => attachedPublications(participant).length > 0).length,
  });
}

/** A publication that is not negotiated yet is nobody's business but its publisher's. */
function attachedPublications(participant: Participant): Publication[] {
  return [...participant.publications.values()].filter((publication) => publication.attached);
}

function participantPermission(participant: Participant): ParticipantPermission {
  const { kind, permissions } = participant;
  return new ParticipantPermission({
    canPublish: permissions.canPublish,
    canSubscribe: permissions.canSubscribe,
    canPublishData: permissions.canPublishData,
    canUpdateMetadata: permissions.canUpdateOwnMetadata,
    canPublishSources: permissions.canPublishSources.map(protoTrackSource),
    hidden: permissions.hidden,
    recorder: isRecorder(participant),
    agent: kind === 'agent',
  });
}

function isRecorder({ appData }: Participant): boolean {
  return appData instanceof ParticipantDetails && appData.isRecorder;
}

/** What an administrator sets; whether somebody is a recorder or an agent is not theirs to change. */
export function permissionsFrom(permission: ParticipantPermission): ParticipantPermissions {
  const sources = permission.canPublishSources.map(trackSource).filter((source) => source !== 'unknown');
  const { canPublish } = permission;
  return {
    canSubscribe: permission.canSubscribe,
    // A list that names no source we know allows none, where an empty list would allow all.
    canPublish: canPublish && (permission.canPublishSources.length === 0 || sources.length > 0),
    canPublishSources: canPublish ? sources : [],
    canPublishData: permission.canPublishData,
    canUpdateOwnMetadata: permission.canUpdateMetadata,
    hidden: permission.hidden,
  };
}
