import { ApiError } from '../lib/api.js';
import { texts } from '../texts/texts.js';
import { JoinError, type EndReason } from './call-room.js';

/** Why a call is over, or never began, in words for people. */
export interface CallEnd {
  tone: 'calm' | 'problem';
  title: string;
  detail: string;
  canRejoin: boolean;
}

const CALM: readonly EndReason[] = ['left', 'elsewhere', 'closed'];

/** Explains the end of a call. */
export function describeEnd(reason: EndReason): CallEnd {
  return {
    ...texts.ended[reason],
    tone: CALM.includes(reason) ? 'calm' : 'problem',
    canRejoin: reason !== 'removed',
  };
}

/** Explains why joining failed. */
export function describeJoinError(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return texts.joinError[error instanceof JoinError ? error.problem : 'failed'];
}
