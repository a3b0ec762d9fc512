import { StreamStateInfo, StreamStateUpdate, StreamState as StreamStateValue } from '@livekit/protocol';
import type { StreamState } from '@parley/sfu';

const STATES: Readonly<Record<StreamState, StreamStateValue>> = {
  active: StreamStateValue.ACTIVE,
  paused: StreamStateValue.PAUSED,
};

/** What a subscriber is told of a track that is held back, or sent again. */
export function streamStateUpdate(
  { participant, sid }: { sid: string; participant: { sid: string } },
  state: StreamState,
): StreamStateUpdate {
  return new StreamStateUpdate({
    streamStates: [
      new StreamStateInfo({ participantSid: participant.sid, trackSid: sid, state: STATES[state] }),
    ],
  });
}
