import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useCall } from '../call/use-call.js';
import { isKeyboardTaken } from '../lib/keyboard-taken.js';
import { actionOf } from '../lib/shortcuts.js';
import { isTyped, WORKSPACE_SHORTCUTS, type WorkspaceAction } from '../lib/workspace-shortcuts.js';
import type { News } from '../notifications/news.js';
import { pageDialog } from '../workspace/page-dialog.js';
import { neighbour, nextWanted } from './neighbours.js';
import type { Place } from './places.js';
import { useSearchPanel } from './use-search-panel.js';
import { useReadAll } from './use-read-all.js';

export interface WorkspaceKeys {
  /** Everything one can go to, as it is listed. */
  places: readonly Place[];
  news: ReadonlyMap<string, News>;
  /** Key of the place where one is. */
  here: string | undefined;
  pathname: string;
}

/** Listens to the keys that work wherever one is in the workspace. */
export function useWorkspaceKeys(keys: WorkspaceKeys): void {
  const actions = useActions(keys);
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = actionOf(event, WORKSPACE_SHORTCUTS);
      if (action === undefined || (isTyped(event) && isKeyboardTaken(event.target))) return;
      // What is open closes first, and a field may have its own use for it.
      if (event.key === 'Escape' && !meansChannel(event.target)) return;
      if (isWindowOpen() && action !== 'switcher') return;
      event.preventDefault();
      latest.current[action]();
    };
    // Before whoever else listens to the same keys, such as a call; Escape after all of them.
    const early = (event: KeyboardEvent) => event.key !== 'Escape' && onKeyDown(event);
    const late = (event: KeyboardEvent) => event.key === 'Escape' && onKeyDown(event);
    window.addEventListener('keydown', early, { capture: true });
    window.addEventListener('keydown', late);
    return () => {
      window.removeEventListener('keydown', early, { capture: true });
      window.removeEventListener('keydown', late);
    };
  }, []);
}

function useActions({ places, news, here, pathname }: WorkspaceKeys): Record<WorkspaceAction, () => void> {
  const navigate = useNavigate();
  const readAll = useReadAll();
  const search = useSearchPanel();
  const { session } = useCall();
  const channels = places.filter(({ kind }) => ['channel', 'voice', 'conversation'].includes(kind));
  const beside = channels.filter(({ path }) => path !== undefined && folderOf(path) === folderOf(pathname));
  const open = (place: Place | undefined) => {
    if (place?.path !== undefined) void navigate({ href: place.path });
  };
  const isWanted = ({ id }: Place) => news.get(id)?.isNew === true;
  return {
    switcher: () => pageDialog.set(pageDialog.get() === 'switcher' ? undefined : 'switcher'),
    search,
    previousChannel: () => open(neighbour(beside, here, -1)),
    nextChannel: () => open(neighbour(beside, here, 1)),
    previousUnread: () => open(nextWanted(channels, here, { step: -1, isWanted })),
    nextUnread: () => open(nextWanted(channels, here, { step: 1, isWanted })),
    markRead: () => {
      const place = channels.find(({ key }) => key === here);
      if (place !== undefined && isWanted(place)) readAll({ channel_id: place.id });
    },
    markAllRead: () => readAll({}),
    muteAnywhere: () => {
      if (session.phase.get().name === 'call') session.media.toggle('microphone');
    },
    settings: () => pageDialog.set('settings'),
    help: () => pageDialog.set('shortcuts'),
  };
}

/** `/c/<community>` of `/c/<community>/<channel>`. */
function folderOf(path: string): string {
  return path.replace(/\/[^/]*\/*$/u, '');
}

function isWindowOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

/** Whether Escape there says something of the channel: in the page as such, and in the field to write in. */
function meansChannel(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  return target.matches('[data-testid="composer"]') || !isKeyboardTaken(target);
}
