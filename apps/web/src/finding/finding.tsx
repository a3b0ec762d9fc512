import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { useStore } from '../lib/use-store.js';
import { useNews } from '../notifications/use-news.js';
import { language } from '../texts/language.js';
import { lazyPart } from '../ui/lazy-part.js';
import { pageDialog } from '../workspace/page-dialog.js';
import { placesIn } from './places.js';
import { loadRecent, placeKeyOf, rememberPlace } from './recent-places.js';
import { startQuery } from './start-query.js';
import { Switcher } from './switcher.js';
import { useDeeds } from './use-deeds.js';
import { useGoTo } from './use-go-to.js';
import { useMemberPlaces } from './use-member-places.js';
import { useWorkspaceKeys } from './use-workspace-keys.js';
import { writingWish } from './writing-wish.js';

const ShortcutsDialog = lazyPart(async () => (await import('./shortcuts-dialog.js')).ShortcutsDialog);
const SettingsDialog = lazyPart(async () => (await import('../account/settings-dialog.js')).SettingsDialog);

/** The keys of the workspace and the windows that they open. It shows nothing by itself. */
export function Finding({ me }: { me: OwnAccount }) {
  const { data: start } = useQuery(startQuery);
  const pathname = useLocation({ select: (location) => location.pathname });
  const here = placeKeyOf(pathname);
  const places = useMemo(() => (start === undefined ? [] : placesIn(start)), [start]);
  const news = useNews();
  const open = useStore(pageDialog);
  const deeds = useDeeds();
  useWorkspaceKeys({ places, news, here, pathname });

  useEffect(() => {
    if (here !== undefined) rememberPlace(localStorage, me.id, here);
  }, [here, me.id]);
  // Who signs out leaves no window behind; in another language all of it is drawn anew, and the window with it.
  useEffect(() => {
    const shown = language.get();
    return () => {
      if (language.get() === shown) pageDialog.set(undefined);
    };
  }, []);

  const close = () => pageDialog.set(undefined);
  if (open === 'switcher') {
    const habits = { news, recent: loadRecent(localStorage, me.id), here };
    return <OpenSwitcher {...{ places, deeds, habits, pathname }} onClose={close} />;
  }
  return (
    <Suspense>
      {open === 'shortcuts' && <ShortcutsDialog onClose={close} />}
      {open === 'settings' && <SettingsDialog me={me} onClose={close} />}
    </Suspense>
  );
}

interface OpenSwitcherProps {
  places: ReturnType<typeof placesIn>;
  deeds: ReturnType<typeof useDeeds>;
  habits: Parameters<typeof Switcher>[0]['habits'];
  pathname: string;
  onClose: () => void;
}

function OpenSwitcher({ places, deeds, habits, pathname, onClose }: OpenSwitcherProps) {
  const [query, setQuery] = useState('');
  const members = useMemberPlaces(query, pathname);
  const goTo = useGoTo();
  const navigate = useNavigate();
  const choices = useMemo(() => {
    const known = new Set(places.map(({ key }) => key));
    return [...places, ...members.filter(({ key }) => !known.has(key)), ...deeds];
  }, [places, members, deeds]);
  // What is new and where one was stays as it was when the window opened: nothing moves under the finger.
  const [seen] = useState(habits);
  return (
    <Switcher
      choices={choices}
      habits={seen}
      onQuery={setQuery}
      onChoose={(choice) => {
        onClose();
        if (choice.kind === 'deed') choice.run();
        else if (choice.path === undefined) goTo(choice.id);
        else {
          writingWish.set(choice.id);
          void navigate({ href: choice.path });
        }
      }}
      onClose={onClose}
    />
  );
}
