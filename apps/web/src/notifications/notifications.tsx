import type { OwnAccount } from '@parley/contract';
import { Rings } from '../ringing/rings.js';
import { PlaceMenuHost } from './place-menu.js';
import { useDesktopNotices } from './use-desktop-notices.js';
import { useNews } from './use-news.js';
import { usePageBadge } from './use-page-badge.js';

/** Tells of what is new outside of the list of channels, and of who calls, and has the menu in which one decides of what. */
export function Notifications({ me }: { me: OwnAccount }) {
  usePageBadge(useNews());
  useDesktopNotices(me.id);
  return (
    <>
      <PlaceMenuHost />
      <Rings me={me} />
    </>
  );
}
