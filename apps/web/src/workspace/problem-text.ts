import { ProblemError } from '../api/problem-error.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';

/** What went wrong and what to do about it, in the language of the page. */
export function problemText(error: unknown): string {
  const texts = workspaceTexts.problem;
  if (!(error instanceof ProblemError)) return texts.unavailable;
  switch (error.code) {
    case 'invalid_user_name':
      return reasonIn(texts.userName, error.reason);
    case 'invalid_password':
      return reasonIn(texts.password, error.reason);
    case 'wrong_credentials':
      return error.field === 'current_password' ? texts.wrongPassword : texts.wrongCredentials;
    case 'user_name_taken':
      return texts.userNameTaken;
    case 'already_set_up':
      return texts.alreadySetUp;
    case 'too_many_attempts':
    case 'too_many_requests':
      return texts.tooMany(error.retryAfter);
    case 'slow_mode':
      return texts.slowMode(error.retryAfter);
    case 'file_too_large':
      return texts.fileTooLarge;
    case 'storage_full':
      return texts.storageFull;
    case 'limit_reached':
      return texts.limit;
    case 'unauthenticated':
      return texts.unauthenticated;
    case 'forbidden':
      if (error.field === 'code') return texts.banned;
      return error.field === 'setup_code' ? texts.wrongSetUpCode : texts.forbidden;
    case 'cross_site':
      return texts.forbidden;
    case 'not_found':
      return error.field === 'emoji' ? texts.noEmoji : texts.notFound;
    case 'unreachable':
      return texts.unreachable;
    case 'unavailable':
    case 'internal':
      return texts.unavailable;
    case 'not_understood':
      return texts.notUnderstood;
    case 'invalid_request':
    case 'request_too_large':
      return texts.invalid;
    default:
      // The server's own sentence, in English, rather than none.
      return error.message;
  }
}

function reasonIn(texts: Record<string, string> & { other: string }, reason: string | undefined): string {
  return new Map(Object.entries(texts)).get(reason ?? 'other') ?? texts.other;
}
