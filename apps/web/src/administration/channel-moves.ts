import type { Channel, ChannelMove } from '@parley/contract';

/** Where a channel is put: into a category, before one of its channels or, with null, behind all. */
export type ChannelPlace = Omit<ChannelMove, 'id'>;

/** Channels as they stand after a move, as the server puts them. */
export function moved(channels: readonly Channel[], id: string, to: ChannelPlace): Channel[] {
  const one = channels.find((channel) => channel.id === id);
  if (one === undefined) return [...channels];
  const others = inOrder(channels).filter((channel) => channel.id !== id);
  const before = others.findIndex((channel) => channel.id === to.before);
  others.splice(before === -1 ? others.length : before, 0, { ...one, category_id: to.category_id });
  return others.map((channel, position) => ({ ...channel, position }));
}

/** One step up or down: among its like, and at their end into the next category. Undefined where there is no further. */
export function stepOf(
  channels: readonly Channel[],
  channel: Channel,
  step: 'up' | 'down',
): ChannelPlace | undefined {
  const siblings = siblingsOf(channels, channel);
  const at = siblings.findIndex(({ id }) => id === channel.id);
  if (step === 'up' ? at > 0 : at < siblings.length - 1) {
    const before = siblings[step === 'up' ? at - 1 : at + 2];
    return { category_id: channel.category_id, before: before?.id ?? null };
  }
  if (channel.kind === 'category') return undefined;
  const sections = [null, ...categoriesOf(channels).map(({ id }) => id)];
  const next = sections[sections.indexOf(channel.category_id) + (step === 'up' ? -1 : 1)];
  if (next === undefined) return undefined;
  const [first] = channelsIn(channels, next);
  return { category_id: next, before: step === 'up' ? null : (first?.id ?? null) };
}

/** Where something that is dropped on a channel or a category goes; undefined where it cannot stand. */
export function dropOf(
  channels: readonly Channel[],
  dragged: Channel,
  { target, half }: { target: Channel; half: 'upper' | 'lower' },
): ChannelPlace | undefined {
  if (target.id === dragged.id) return undefined;
  const isCategory = target.kind === 'category';
  if (dragged.kind === 'category' && !isCategory) return undefined;
  if (dragged.kind !== 'category' && isCategory) {
    const [first] = channelsIn(channels, target.id).filter(({ id }) => id !== dragged.id);
    return { category_id: target.id, before: first?.id ?? null };
  }
  const siblings = siblingsOf(channels, target).filter(({ id }) => id !== dragged.id);
  const at = siblings.findIndex(({ id }) => id === target.id);
  const before = siblings[half === 'upper' ? at : at + 1];
  return { category_id: target.category_id, before: before?.id ?? null };
}

function siblingsOf(channels: readonly Channel[], { kind, category_id }: Channel): Channel[] {
  return kind === 'category' ? categoriesOf(channels) : channelsIn(channels, category_id);
}

function channelsIn(channels: readonly Channel[], categoryId: string | null): Channel[] {
  return inOrder(channels).filter(
    ({ kind, category_id, archived }) => kind !== 'category' && category_id === categoryId && !archived,
  );
}

function categoriesOf(channels: readonly Channel[]): Channel[] {
  return inOrder(channels).filter(({ kind }) => kind === 'category');
}

function inOrder(channels: readonly Channel[]): Channel[] {
  return [...channels].sort((one, other) => one.position - other.position);
}
