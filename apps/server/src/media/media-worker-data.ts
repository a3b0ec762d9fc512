import type { LiveKitFrontData, MediaNodeData } from '@parley/node/main-thread';

/** What a media thread is started with: the node, and each of its fronts. */
export interface MediaWorkerData {
  node: MediaNodeData;
  livekit: LiveKitFrontData;
}
