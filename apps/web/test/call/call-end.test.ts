import { ConnectionError, DisconnectReason } from 'livekit-client';
import { describe, expect, it } from 'vitest';
import { describeEnd, describeJoinError } from '../../src/call/call-end.js';
import { JoinError } from '../../src/call/call-room.js';
import { endReasonOf, joinProblemOf } from '../../src/call/livekit-room.js';
import { ApiError } from '../../src/lib/api.js';

describe('the end of a call', () => {
  it('is calm for a person who left by themselves', () => {
    const end = describeEnd(endReasonOf(DisconnectReason.CLIENT_INITIATED));
    expect(end).toMatchObject({ tone: 'calm', canRejoin: true });
  });

  it('does not invite back somebody who was removed', () => {
    expect(describeEnd(endReasonOf(DisconnectReason.PARTICIPANT_REMOVED)).canRejoin).toBe(false);
  });

  it('speaks of a lost connection when it knows nothing better', () => {
    expect(describeEnd(endReasonOf(undefined))).toMatchObject({ tone: 'problem', canRejoin: true });
  });
});

describe('why joining failed', () => {
  it('passes on the server’s own sentence', () => {
    expect(describeJoinError(new ApiError(429, 'Slow down.'))).toBe('Slow down.');
  });

  it('explains a connection that cannot be opened', () => {
    const explain = (error: unknown) => describeJoinError(new JoinError(joinProblemOf(error)));
    expect(explain(ConnectionError.websocket('x'))).toContain('does not answer');
    expect(explain(ConnectionError.notAllowed('x', 401))).toContain('did not let you in');
  });

  it('has a sentence for everything else', () => {
    expect(describeJoinError('surprise')).toMatch(/\.$/);
  });
});
