import type { Person } from '@parley/contract';

/** What somebody is called outside of communities. */
export function shownName({ display_name, user_name }: Pick<Person, 'display_name' | 'user_name'>): string {
  return display_name ?? user_name;
}
