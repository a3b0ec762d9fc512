import { ConnectionError, DisconnectReason } from 'livekit-client';
import { describe, expect, it } from 'vitest';
import { describeDisconnect, describeJoinError, LEFT } from '../../src/call/call-end.js';
import { ApiError } from '../../src/lib/api.js';

describe('describeDisconnect', () => {
  it('knows a person who left by themselves', () => {
    expect(describeDisconnect(DisconnectReason.CLIENT_INITIATED)).toBe(LEFT);
  });

  it('does not invite back somebody who was removed', () => {
    expect(describeDisconnect(DisconnectReason.PARTICIPANT_REMOVED).canRejoin).toBe(false);
  });

  it('speaks of a lost connection when it knows nothing better', () => {
    expect(describeDisconnect(undefined)).toMatchObject({ tone: 'problem', canRejoin: true });
  });
});

describe('describeJoinError', () => {
  it('passes on the server’s own sentence', () => {
    expect(describeJoinError(new ApiError(429, 'Slow down.'))).toBe('Slow down.');
  });

  it('explains a connection that cannot be opened', () => {
    expect(describeJoinError(ConnectionError.websocket('x'))).toContain('does not answer');
    expect(describeJoinError(ConnectionError.notAllowed('x', 401))).toContain('did not let you in');
  });

  it('has a sentence for everything else', () => {
    expect(describeJoinError('surprise')).toMatch(/\.$/);
  });
});
