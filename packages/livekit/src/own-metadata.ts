import { channelOfRoom, isAccount, plainText } from '@parley/contract';
import type { UpdateParticipantMetadata } from '@livekit/protocol';
import { RequestResponse_Reason } from '@livekit/protocol';
import type { Participant, Room } from '@parley/sfu';

/** Bytes. */
const MAX_METADATA_LENGTH = 512 * 1024;
const MAX_ATTRIBUTES_LENGTH = 64 * 1024;
/** Characters. */
const MAX_NAME_LENGTH = 256;
/** Characters of metadata and attributes of all participants of a room: whoever joins is told of them in one message. */
const MAX_ROOM_SIZE = 16 * 1024 * 1024;
/** So few are always taken, or else a few people could keep the others out. */
const ALWAYS_TAKEN = 4 * 1024;

export interface OwnMetadata {
  name: string;
  metadata: string;
  attributes: Readonly<Record<string, string>>;
}

/** Whether sizes are within the limits, else what is too long. */
export function checkSizes({ name, metadata, attributes }: OwnMetadata): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return `the name is longer than ${MAX_NAME_LENGTH} characters`;
  if (Buffer.byteLength(metadata) > MAX_METADATA_LENGTH)
    return `the metadata is longer than ${MAX_METADATA_LENGTH} bytes`;
  let length = 0;
  for (const [key, value] of Object.entries(attributes))
    length += Buffer.byteLength(key) + Buffer.byteLength(value);
  return length > MAX_ATTRIBUTES_LENGTH
    ? `the attributes are longer than ${MAX_ATTRIBUTES_LENGTH} bytes`
    : undefined;
}

/** Whether the room has space for what somebody in it, or about to come, says of himself; else a sentence that it has not. */
export function checkRoomSize(
  room: Pick<Room, 'participants'> | undefined,
  identity: string,
  own: Pick<OwnMetadata, 'metadata' | 'attributes'>,
): string | undefined {
  let size = sizeOf(own);
  if (size <= ALWAYS_TAKEN) return undefined;
  for (const other of room?.participants.values() ?? [])
    if (other.identity !== identity) size += sizeOf(other);
  return size > MAX_ROOM_SIZE
    ? `the participants of the room would have more than ${MAX_ROOM_SIZE} characters of metadata and attributes`
    : undefined;
}

/**
 * Does an `update_metadata` of a participant about itself. As in LiveKit, an empty name or metadata stays as it is, and
 * attributes are merged.
 */
export function updateOwnMetadata(
  participant: Participant,
  update: UpdateParticipantMetadata,
): { reason: RequestResponse_Reason; message: string } {
  if (!participant.permissions.canUpdateOwnMetadata) {
    const message = "the token's grant canUpdateOwnMetadata is missing";
    return { reason: RequestResponse_Reason.NOT_ALLOWED, message };
  }
  const name = plainText(update.name);
  // Clients send their name along with whatever they change.
  if (name !== '' && name !== participant.name && hasAccountsName(participant)) {
    const message = "in the call of a channel one has the name of one's account";
    return { reason: RequestResponse_Reason.NOT_ALLOWED, message };
  }
  const attributes = { ...participant.attributes, ...update.attributes };
  const metadata = update.metadata === '' ? participant.metadata : update.metadata;
  const tooLong =
    checkSizes({ name: update.name, metadata, attributes }) ??
    checkRoomSize(participant.room, participant.identity, { metadata, attributes });
  if (tooLong !== undefined) return { reason: RequestResponse_Reason.LIMIT_EXCEEDED, message: tooLong };
  if (name !== '') participant.setName(name);
  participant.setMetadata(metadata);
  if (Object.keys(update.attributes).length > 0) participant.setAttributes(update.attributes);
  return { reason: RequestResponse_Reason.OK, message: '' };
}

/** Whose name says who they are to others, who know them by it outside the call. */
function hasAccountsName({ identity, room }: Participant): boolean {
  return channelOfRoom(room.name) !== undefined && isAccount(identity);
}

function sizeOf({ metadata, attributes }: Pick<OwnMetadata, 'metadata' | 'attributes'>): number {
  let size = metadata.length;
  for (const [key, value] of Object.entries(attributes)) size += key.length + value.length;
  return size;
}
