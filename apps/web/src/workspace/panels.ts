import type { ComponentType } from 'react';
import type { ChannelSearch } from '../lib/channel-search.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { lazyPart } from '../ui/lazy-part.js';
import type { PanelProps } from './panel-props.js';

interface Panel {
  name: string;
  title: () => string;
  Content: ComponentType<PanelProps>;
}

const PANELS: readonly Panel[] = [
  {
    name: 'saved',
    title: () => workspaceTexts.panel.saved,
    Content: lazyPart(async () => (await import('../messages/saved-panel.js')).SavedPanel),
  },
  {
    name: 'scheduled',
    title: () => workspaceTexts.panel.scheduled,
    Content: lazyPart(async () => (await import('../scheduled/scheduled-panel.js')).ScheduledPanel),
  },
  {
    name: 'threads',
    title: () => workspaceTexts.panel.threads,
    Content: lazyPart(async () => (await import('../messages/followed-panel.js')).FollowedPanel),
  },
  {
    name: 'search',
    title: () => workspaceTexts.panel.search,
    Content: lazyPart(async () => (await import('../finding/search-panel.js')).SearchPanel),
  },
  {
    name: 'members',
    title: () => workspaceTexts.panel.members,
    Content: lazyPart(async () => (await import('../people/members-panel.js')).MembersPanel),
  },
  {
    name: 'pins',
    title: () => workspaceTexts.panel.pins,
    Content: lazyPart(async () => (await import('../messages/pins-panel.js')).PinsPanel),
  },
];

const THREAD: Panel = {
  name: 'thread',
  title: () => workspaceTexts.panel.thread,
  Content: lazyPart(async () => (await import('../messages/thread-panel.js')).ThreadPanel),
};

/** The panel that an address names; undefined for none, and for one that there is not. */
export function panelOf({ panel, thread }: ChannelSearch): Panel | undefined {
  if (thread !== undefined) return THREAD;
  return PANELS.find(({ name }) => name === panel);
}
