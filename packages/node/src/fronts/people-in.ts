import { isDependent, type Room } from '@parley/sfu';

/** Who is in a room that somebody else may join: neither recorders, nor agents, nor who is hidden. */
export function peopleIn(room: Room | undefined, mostNames: number): { names: string[]; total: number } {
  const people = [...(room?.participants.values() ?? [])].filter(
    ({ kind, permissions }) => !isDependent(kind) && !permissions.hidden,
  );
  const names = people.map(({ name }) => name).filter((name) => name !== '');
  return { names: names.slice(0, mostNames), total: people.length };
}
