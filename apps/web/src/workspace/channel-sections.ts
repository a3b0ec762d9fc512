import type { Channel } from '@parley/contract';

export interface ChannelSection {
  /** Undefined for channels above all categories. */
  category: Channel | undefined;
  channels: Channel[];
}

/**
 * The channels to choose from as they are listed: by category, in their order.
 *
 * @param withEmpty Whether categories without a channel are among them, for who may fill them.
 */
export function channelSections(
  all: readonly Channel[],
  { withEmpty = false }: { withEmpty?: boolean } = {},
): ChannelSection[] {
  const ordered = inOrder(all);
  const shown = ordered.filter(({ kind, archived }) => kind !== 'category' && !archived);
  const categories = [undefined, ...ordered.filter(({ kind }) => kind === 'category')];
  return categories
    .map((category) => ({
      category,
      channels: shown.filter(({ category_id }) => category_id === (category?.id ?? null)),
    }))
    .filter(({ category, channels }) => channels.length > 0 || (withEmpty && category !== undefined));
}

/** Channels in which nobody writes any more, in their order. */
export function archivedChannels(all: readonly Channel[]): Channel[] {
  return inOrder(all).filter(({ kind, archived }) => kind !== 'category' && archived);
}

function inOrder(all: readonly Channel[]): Channel[] {
  return [...all].sort((a, b) => a.position - b.position);
}
