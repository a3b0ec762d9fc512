/**
 * - `ok`: nothing must change.
 * - `note`: works here, but perhaps not for everybody.
 * - `change`: calls do not work, or not for long, until something is changed.
 */
export type FindingStatus = 'ok' | 'note' | 'change';

/** What one check found. */
export interface Finding {
  status: FindingStatus;
  /** One sentence: what is so, or what to change. */
  text: string;
}

export function ok(text: string): Finding {
  return { status: 'ok', text };
}

export function note(text: string): Finding {
  return { status: 'note', text };
}

export function change(text: string): Finding {
  return { status: 'change', text };
}
