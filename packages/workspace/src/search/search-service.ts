import type { SearchPage } from '@parley/contract';
import { userNameKey } from '../accounts/user-name.js';
import { seenChannelIds } from '../channels/seen-channels.js';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import { loadMessages } from '../messages/message-queries.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { cursorText, parseCursor } from './search-cursor.js';
import type { SearchCursor } from './search-cursor.js';
import { parseSearch } from './search-query.js';
import type { SearchQuery } from './search-query.js';
import { findMessages } from './search-queries.js';
import type { Found } from './search-queries.js';
import { rangesOf } from './text-query.js';

export interface SearchWish {
  /** As it is typed. */
  text: string;
  /** Null for everywhere. */
  communityId: string | null;
  sort: 'relevance' | 'newest';
  limit: number;
  cursor?: string | undefined;
}

/** Of one person, everywhere: one looks while typing. */
const SEARCHES: FloodLimits = { burst: 20, interval: 500 };

/** Finding messages in all that one may read. */
export class SearchService {
  readonly gate = new FloodGate('search', SEARCHES);
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async search(userId: string, { text, communityId, sort, limit, cursor }: SearchWish): Promise<SearchPage> {
    const { db, now } = this.#options;
    this.gate.pass(userId, now());
    const query = understood(text);
    // Without words nothing fits better than anything else.
    const ranked = sort === 'relevance' && query.phrases.length > 0;
    const from = cursor === undefined ? undefined : placeOf(cursor, ranked);
    const channelIds = await seenChannelIds(db, { userId, now: now(), action: 'read_history' });
    const found = await findMessages(db, {
      ...{ query, userId, channelIds, communityId, ranked, limit: limit + 1, from },
      nameKeys: query.from.map(userNameKey),
    });
    const shown = found.slice(0, limit);
    const messages = await loadMessages(
      db,
      userId,
      shown.map(({ id }) => id),
    );
    const hits = messages.map((message) => ({ message, ranges: rangesOf(message.text, query.phrases) }));
    return { hits, next: found.length > limit ? nextOf(shown, from) : null };
  }
}

function understood(text: string): SearchQuery {
  const query = parseSearch(text);
  if ('mistake' in query) throw new WorkspaceError('invalid', query.mistake, { field: 'q' });
  const { phrases, from, in: places, hasLink, after, before } = query;
  const anything =
    phrases.length + from.length + places.length > 0 ||
    hasLink ||
    after !== undefined ||
    before !== undefined;
  if (anything) return query;
  throw new WorkspaceError('invalid', 'There is no word in what is looked for.', {
    ...{ field: 'q', remedy: 'Type a word, or "from:", "in:", "has:link", "before:" or "after:".' },
  });
}

function placeOf(cursor: string, ranked: boolean): SearchCursor {
  const place = parseCursor(cursor);
  if (place !== undefined && (place.ranked !== undefined) === ranked) return place;
  throw new WorkspaceError('invalid', 'This cursor belongs to another search.', {
    ...{ field: 'cursor', remedy: 'Begin without one.' },
  });
}

function nextOf(shown: readonly Found[], from: SearchCursor | undefined): string | null {
  const last = shown.at(-1);
  if (last === undefined) return null;
  const { id, rank, newest_id } = last;
  const newestId = from?.ranked?.newestId ?? newest_id;
  return cursorText({ id, ranked: rank === null || newestId === null ? undefined : { rank, newestId } });
}
