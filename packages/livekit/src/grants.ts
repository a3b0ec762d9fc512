import type { JsonValue } from '@bufbuild/protobuf';
import { RoomConfiguration } from '@livekit/protocol';
import type { ParticipantPermissions, TrackSource } from '@parley/sfu';
import { z } from 'zod';

/** What a token allows in rooms, as LiveKit names it. Everything left out has LiveKit's default. */
export type VideoGrant = z.infer<typeof videoGrant>;

/** What a token says after its signature was checked. */
export type AccessTokenClaims = z.infer<typeof accessTokenClaims>;

/** A token's claims with its key and identity resolved. */
export interface AccessGrants {
  /** The API key that signed the token. */
  apiKey: string;
  /** Empty when the token names nobody. */
  identity: string;
  name: string;
  metadata: string;
  attributes: Readonly<Record<string, string>>;
  /** `standard`, `agent`, `sip`, `egress`, `ingress`, … */
  kind: string;
  video: VideoGrant;
  /** Of the room, if this token's first user makes it. */
  roomConfig: RoomConfiguration | undefined;
  /** As signed, for a token that renews this one. */
  claims: AccessTokenClaims;
}

const TRACK_SOURCES: readonly TrackSource[] = ['camera', 'microphone', 'screen_share', 'screen_share_audio'];

export const videoGrant = z.looseObject({
  room: z.string().optional(),
  roomJoin: z.boolean().optional(),
  roomCreate: z.boolean().optional(),
  roomList: z.boolean().optional(),
  roomAdmin: z.boolean().optional(),
  destinationRoom: z.string().optional(),
  canPublish: z.boolean().optional(),
  canSubscribe: z.boolean().optional(),
  canPublishData: z.boolean().optional(),
  canPublishSources: z.array(z.string()).optional(),
  canUpdateOwnMetadata: z.boolean().optional(),
  hidden: z.boolean().optional(),
  recorder: z.boolean().optional(),
  agent: z.boolean().optional(),
});

export const accessTokenClaims = z.looseObject({
  iss: z.string().min(1),
  sub: z.string().optional(),
  jti: z.string().optional(),
  exp: z.number(),
  nbf: z.number().optional(),
  name: z.string().optional(),
  metadata: z.string().optional(),
  attributes: z.record(z.string(), z.string()).optional(),
  kind: z.string().optional(),
  video: videoGrant.optional(),
  roomConfig: z
    .json()
    .refine((json) => readRoomConfig(json) !== undefined)
    .optional(),
});

export function grantsFromClaims(claims: AccessTokenClaims): AccessGrants {
  return {
    apiKey: claims.iss,
    // Old tokens carry the identity in `jti`.
    identity: claims.sub ?? claims.jti ?? '',
    name: claims.name ?? '',
    metadata: claims.metadata ?? '',
    attributes: claims.attributes ?? {},
    kind: claims.kind ?? 'standard',
    video: claims.video ?? {},
    roomConfig: claims.roomConfig === undefined ? undefined : readRoomConfig(claims.roomConfig),
    claims,
  };
}

/** LiveKit's defaults: publishing and subscribing are allowed unless denied, data follows publishing, the rest must be granted. */
export function permissionsFromGrants(grants: AccessGrants): ParticipantPermissions {
  const { video } = grants;
  const listed = video.canPublishSources ?? [];
  const sources = TRACK_SOURCES.filter((source) => listed.includes(source));
  const canPublish = video.canPublish ?? true;
  return {
    // A list that names no source we know allows none, where an empty list would allow all.
    canPublish: canPublish && (listed.length === 0 || sources.length > 0),
    canSubscribe: video.canSubscribe ?? true,
    canPublishData: video.canPublishData ?? canPublish,
    canUpdateOwnMetadata: video.canUpdateOwnMetadata ?? false,
    canPublishSources: sources,
    hidden: video.hidden ?? false,
    recorder: video.recorder ?? false,
    agent: video.agent === true || grants.kind === 'agent',
  };
}

/** Undefined for what is no RoomConfiguration in protobuf's JSON form. */
function readRoomConfig(json: JsonValue): RoomConfiguration | undefined {
  try {
    return RoomConfiguration.fromJson(json, { ignoreUnknownFields: true });
  } catch {
    return undefined;
  }
}

/** The part of a token's grant that says the same as these permissions. */
export function grantFromPermissions(permissions: ParticipantPermissions): VideoGrant {
  return { ...permissions, canPublishSources: [...permissions.canPublishSources] };
}
