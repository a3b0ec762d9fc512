import type { Channel } from '@parley/contract';

export interface ChannelSection {
  /** Undefined for channels above all categories. */
  category: Channel | undefined;
  channels: Channel[];
}

/** The channels to choose from as they are listed: by category, in their order. Categories without one are left out. */
export function channelSections(all: readonly Channel[]): ChannelSection[] {
  const ordered = [...all].sort((a, b) => a.position - b.position);
  const shown = ordered.filter(({ kind, archived }) => kind !== 'category' && !archived);
  const categories = [undefined, ...ordered.filter(({ kind }) => kind === 'category')];
  return categories
    .map((category) => ({
      category,
      channels: shown.filter(({ category_id }) => category_id === (category?.id ?? null)),
    }))
    .filter(({ channels }) => channels.length > 0);
}
