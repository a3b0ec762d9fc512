import type { JsonValue } from '@bufbuild/protobuf';
import { RoomConfiguration } from '@livekit/protocol';
import { AccessTokenError, type AccessGrants, type VideoGrant } from '@parley/access';
import type { ParticipantKind, ParticipantPermissions, TrackSource } from '@parley/sfu';

/** All but `standard`. */
const PARTICIPANT_KINDS: readonly ParticipantKind[] = [
  'ingress',
  'egress',
  'sip',
  'agent',
  'connector',
  'bridge',
];
const TRACK_SOURCES: readonly TrackSource[] = ['camera', 'microphone', 'screen_share', 'screen_share_audio'];

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
  };
}

/** What the token says of itself; a plain one may still be made an agent or a recorder by its grants. */
export function participantKind({ kind, video }: AccessGrants): ParticipantKind {
  const named = PARTICIPANT_KINDS.find((known) => known === kind);
  if (named) return named;
  if (video.agent === true) return 'agent';
  return video.recorder === true ? 'egress' : 'standard';
}

/**
 * What the token says of the room, should its first user make it; undefined when it says nothing.
 *
 * @throws AccessTokenError when it is no RoomConfiguration in protobuf's JSON form.
 */
export function roomConfigOf({ claims }: AccessGrants): RoomConfiguration | undefined {
  return claims.roomConfig === undefined ? undefined : readRoomConfig(claims.roomConfig);
}

/** The part of a token's grant that says the same as these permissions. */
export function grantFromPermissions(permissions: ParticipantPermissions): VideoGrant {
  return { ...permissions, canPublishSources: [...permissions.canPublishSources] };
}

function readRoomConfig(json: JsonValue): RoomConfiguration {
  try {
    return RoomConfiguration.fromJson(json, { ignoreUnknownFields: true });
  } catch {
    throw new AccessTokenError(
      'token_invalid',
      `the access token's claim "roomConfig" is not what it must be`,
    );
  }
}
