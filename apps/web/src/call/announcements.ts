import type { ParticipantView } from './participants.js';

/** With more people than this coming or going at once, they are counted instead of named. */
const MOST_NAMED = 3;

/** What to say of the difference between two moments of a room: who came, went, raised a hand or shares a screen. */
export function announcementsOf(
  before: readonly ParticipantView[],
  now: readonly ParticipantView[],
): string[] {
  const earlier = new Map(before.map((participant) => [participant.identity, participant]));
  const present = new Set(now.map((participant) => participant.identity));
  const others = now.filter((participant) => !participant.isLocal);
  const was = (participant: ParticipantView) => earlier.get(participant.identity);

  const joined = others.filter((participant) => was(participant) === undefined);
  const left = before.filter((participant) => !participant.isLocal && !present.has(participant.identity));
  const raised = others.filter(
    (participant) => participant.handRaisedAt !== undefined && was(participant)?.handRaisedAt === undefined,
  );
  const sharing = others.filter(
    (participant) => participant.isSharing && was(participant)?.isSharing !== true,
  );
  return [
    ...listed(joined, 'joined'),
    ...listed(left, 'left'),
    ...raised.map(({ name }) => `${name} raised a hand`),
    ...sharing.map(({ name }) => `${name} is sharing a screen`),
  ];
}

function listed(people: readonly ParticipantView[], what: string): string[] {
  if (people.length > MOST_NAMED) return [`${people.length} people ${what}`];
  return people.map(({ name }) => `${name} ${what}`);
}
