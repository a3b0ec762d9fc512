import type { Start } from '@parley/contract';
import { loadVoice } from '../calls/voice-queries.js';
import { voiceIn, voicePlacesOf } from '../calls/voice-places.js';
import type { VoiceRooms } from '../calls/voice-rooms.js';
import { loadChannels } from '../channels/channel-queries.js';
import { loadActor, loadCommunities } from '../communities/access-queries.js';
import { communityIdsOf } from '../communities/community-queries.js';
import { communityViewOf } from '../communities/community-views.js';
import { conversationAnswerOf, loadConversations } from '../conversations/conversation-queries.js';
import { loadProfile } from '../people/profile-queries.js';
import { loadUnread } from '../reading/unread-queries.js';
import { loadRelations } from '../relations/relation-queries.js';
import type { ServiceOptions } from '../service-options.js';

export interface StartServiceOptions extends Pick<ServiceOptions, 'db' | 'now'> {
  voice: VoiceRooms;
}

/** What a page needs to begin with, in a number of queries that does not grow with what there is. */
export class StartService {
  readonly #options: StartServiceOptions;

  constructor(options: StartServiceOptions) {
    this.#options = options;
  }

  async load(userId: string): Promise<Start> {
    const { db, now: clock, voice: rooms } = this.#options;
    const now = clock();
    const subject = await loadActor(db, userId);
    const ids = await communityIdsOf(db, userId);
    const communities = await loadCommunities(db, ids);
    const channels = await loadChannels(db, ids);
    const conversations = await loadConversations(db, userId, now);
    const views = ids.flatMap((id) => {
      const found = communities.get(id);
      return (found && communityViewOf(found, channels, { subject, now })) ?? [];
    });
    const answers = conversations.map((found) => conversationAnswerOf(found, subject, now));
    const inCommunities = views.flatMap((view) => view.channels.filter(({ kind }) => kind !== 'category'));
    const channelIds = [...inCommunities, ...answers].map(({ id }) => id);
    const voice = await loadVoice(db, views.flatMap(voicePlacesOf), rooms);
    return {
      me: await loadProfile(db, userId, now),
      communities: views.map((view) => ({ ...view, voice: voiceIn(view, voice) })),
      conversations: answers,
      relations: await loadRelations(db, userId, now),
      unread: await loadUnread(db, { userId, channelIds }),
    };
  }
}
