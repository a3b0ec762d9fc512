import type { RelationTo } from '@parley/contract';
import type { Change } from '../communities/visit.js';
import { noPerson } from '../people/no-person.js';
import { loadPeople } from '../people/person-queries.js';
import { relationOf } from './relation-queries.js';

/** Tells somebody what another is to them now, and returns it. Who has blocked the other is told only of what they do themselves. */
export async function tellOfRelation(
  { trx, now, events }: Change,
  { userId, otherId, own }: { userId: string; otherId: string; own: boolean },
): Promise<RelationTo> {
  const person = (await loadPeople(trx, [otherId], now)).get(otherId);
  if (person === undefined) throw noPerson();
  const payload = { person, relation: await relationOf(trx, userId, otherId) };
  if (own || payload.relation !== 'blocked') {
    events.push({ type: 'relation_changed', payload, audience: { userIds: [userId] } });
  }
  return payload;
}

/** Tells both of what one of them did, and returns what the other is to that one now. */
export async function tellBoth(change: Change, userId: string, otherId: string): Promise<RelationTo> {
  await tellOfRelation(change, { userId: otherId, otherId: userId, own: false });
  return tellOfRelation(change, { userId, otherId, own: true });
}
