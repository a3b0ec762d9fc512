import type { CreateRoomRequest, RoomConfiguration } from '@livekit/protocol';
import type { RoomSettings } from '@parley/sfu';

type Given = Partial<
  Pick<
    CreateRoomRequest | RoomConfiguration,
    'emptyTimeout' | 'departureTimeout' | 'maxParticipants' | 'metadata'
  >
>;

/** What a request for a room, or the `roomConfig` of a token, gives: 0 and empty stand for nothing given. */
export function roomSettings(given: Given): Partial<RoomSettings> {
  const { emptyTimeout = 0, departureTimeout = 0, maxParticipants = 0, metadata = '' } = given;
  return {
    ...(emptyTimeout > 0 && { emptyTimeout: emptyTimeout * 1000 }),
    ...(departureTimeout > 0 && { departureTimeout: departureTimeout * 1000 }),
    ...(maxParticipants > 0 && { maxParticipants }),
    ...(metadata !== '' && { metadata }),
  };
}
