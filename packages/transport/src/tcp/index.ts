export { FrameDecoder } from './frame-decoder.js';
export { FrameWriter } from './frame-writer.js';
