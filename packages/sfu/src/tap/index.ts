export { createTapBuffer } from './tap-layout.js';
export {
  TapReader,
  type TapClock,
  type TapCodec,
  type TapPacket,
  type TapRecord,
  type TapStream,
} from './tap-reader.js';
export { Tap, type TapOptions } from './tap.js';
