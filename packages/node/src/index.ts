export type {
  Front,
  FrontConnection,
  FrontContext,
  FrontFactory,
  FrontSession,
  OpenAnswer,
} from './front.js';
export { liveKitFront, type LiveKitFrontData } from './fronts/livekit-front.js';
export { rosterFront } from './fronts/roster-front.js';
export { MediaNode, type MediaNodeOptions } from './media-node.js';
export { runMediaThread } from './run-media-thread.js';
