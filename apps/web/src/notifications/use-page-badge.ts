import { useEffect } from 'react';
import { badgeShown } from '../lib/place-shown.js';
import { sumOf, type News } from './news.js';

const PLAIN = '/favicon.svg';
const WITH_DOT = '/favicon-new.svg';

/** Says in the title and on the sign of the page, and on that of the installed app, how much is meant for oneself. */
export function usePageBadge(news: ReadonlyMap<string, News>): void {
  const { badge } = sumOf(news, news.keys());
  useEffect(() => {
    badgeShown.set(badge);
    showSign(badge > 0 ? WITH_DOT : PLAIN);
    // Not every browser puts numbers on installed apps.
    if ('setAppBadge' in navigator) void navigator.setAppBadge(badge).catch(() => undefined);
  }, [badge]);
  useEffect(
    () => () => {
      badgeShown.set(0);
      showSign(PLAIN);
    },
    [],
  );
}

function showSign(address: string): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"][type="image/svg+xml"]');
  if (link !== null && link.getAttribute('href') !== address) link.href = address;
}
