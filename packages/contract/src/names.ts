/** Most characters of a room's or a person's name. */
export const NAME_LIMIT = 64;

/** How rooms begin that belong to a channel of the workspace. */
export const CHANNEL_ROOMS = 'channel:';

/** Spellings that people take for the same are one room: upper case and compatibility forms make no difference. */
export function roomKey(spelled: string): string {
  return spelled.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}
