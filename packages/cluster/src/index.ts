export { LocalRoomDirectory, type LocalRoomDirectoryOptions } from './local-room-directory.js';
export {
  DirectoryError,
  type DirectoryErrorCode,
  type RoomDirectory,
  type RoomLease,
} from './room-directory.js';
