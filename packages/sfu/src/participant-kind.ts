import type { ParticipantKind } from './types.js';

/** Whether a participant is a program that is there for the others: it takes none of a room's places. */
export function isDependent(kind: ParticipantKind): boolean {
  return kind === 'egress' || kind === 'agent';
}
