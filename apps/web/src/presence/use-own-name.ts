import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { shownName } from '../people/shown-name.js';
import { profileQuery } from './presence-queries.js';

/** The name that others see of oneself. */
export function useOwnName(me: Pick<OwnAccount, 'user_name'>): string {
  const { data: profile } = useQuery(profileQuery);
  return profile === undefined ? me.user_name : shownName(profile);
}
