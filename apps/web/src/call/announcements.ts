import { texts } from '../texts/texts.js';
import type { ParticipantView } from './participants.js';

/** With more people than this coming or going at once, one of them is named and the others are counted. */
const MOST_NAMED = 3;

/** What to say of the difference between two moments of a call: who came, went, raised a hand or shares a screen. */
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
  const { news } = texts;
  return [
    ...listed(joined, news.joined, news.manyJoined),
    ...listed(left, news.left, news.manyLeft),
    ...raised.map(({ name }) => news.raisedHand(name)),
    ...sharing.map(({ name }) => news.sharesScreen(name)),
  ];
}

function listed(
  people: readonly ParticipantView[],
  few: (names: readonly string[]) => string,
  many: (name: string, others: number) => string,
): string[] {
  const [first] = people;
  if (first !== undefined && people.length > MOST_NAMED) return [many(first.name, people.length - 1)];
  return people.length === 0 ? [] : [few(people.map(({ name }) => name))];
}
