import type { UpdateParticipantMetadata } from '@livekit/protocol';
import { RequestResponse_Reason } from '@livekit/protocol';
import type { Participant } from '@parley/sfu';

/** Bytes. */
const MAX_METADATA_LENGTH = 512 * 1024;
const MAX_ATTRIBUTES_LENGTH = 64 * 1024;
/** Characters. */
const MAX_NAME_LENGTH = 256;

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
  const attributes = { ...participant.attributes, ...update.attributes };
  const tooLong = checkSizes({ name: update.name, metadata: update.metadata, attributes });
  if (tooLong !== undefined) return { reason: RequestResponse_Reason.LIMIT_EXCEEDED, message: tooLong };
  if (update.name !== '') participant.setName(update.name);
  if (update.metadata !== '') participant.setMetadata(update.metadata);
  if (Object.keys(update.attributes).length > 0) participant.setAttributes(update.attributes);
  return { reason: RequestResponse_Reason.OK, message: '' };
}
