import { StreamState } from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { streamStateUpdate } from '../src/stream-state.js';

const publication = { sid: 'TR_video', participant: { sid: 'PA_alice' } };

describe('streamStateUpdate', () => {
  it('names the track and whose it is', () => {
    const [info] = streamStateUpdate(publication, 'paused').streamStates;

    expect(info).toMatchObject({
      participantSid: 'PA_alice',
      trackSid: 'TR_video',
      state: StreamState.PAUSED,
    });
  });

  it('tells of a track that is sent again', () => {
    expect(streamStateUpdate(publication, 'active').streamStates[0]?.state).toBe(StreamState.ACTIVE);
  });
});
