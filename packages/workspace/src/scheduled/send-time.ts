import { WorkspaceError } from '../workspace-error.js';

/** Milliseconds: as far ahead as a message may be scheduled. */
const FARTHEST = 366 * 86_400_000;

/** Refuses a time that has passed, or is more than a year away. */
export function checkSendTime(sendAt: number, now: number): void {
  if (sendAt > now && sendAt <= now + FARTHEST) return;
  throw new WorkspaceError('invalid', 'A message is scheduled for a time within a year from now.', {
    ...{ field: 'send_at', remedy: 'Choose a time that is still to come.' },
  });
}
