import { changeChannel, visitChannel } from '../channels/channel-visit.js';
import type { ChannelVisit } from '../channels/channel-visit.js';
import { loadSubject } from '../communities/access-queries.js';
import { need } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import { permissionsIn, rankIn } from '../permissions/index.js';
import type { Action, Subject } from '../permissions/index.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import type { VoiceRooms } from './voice-rooms.js';

/** What the media server is made to do. */
export interface CallControl {
  /** Those in the call of a channel may do there from now on what is decided for them by now. */
  enforce(channelId: string): Promise<void>;
  /** Takes somebody out of it. They may come again. */
  remove(channelId: string, userId: string): Promise<void>;
}

export interface VoiceModerationOptions extends ServiceOptions {
  voice: VoiceRooms;
  control: CallControl;
}

/** Somebody in the call of a channel. */
export interface PersonInCall {
  channelId: string;
  userId: string;
}

type Moderating = ChannelVisit & Change;

/** What moderators do in the calls of voice channels, to people below them. */
export class VoiceModeration {
  readonly #options: VoiceModerationOptions;

  constructor(options: VoiceModerationOptions) {
    this.#options = options;
  }

  /** In all calls of the community, until it is taken back. */
  async setMuted(userId: string, person: PersonInCall, voice_muted: boolean): Promise<void> {
    await this.#restrict(userId, person, { action: 'mute_members', set: { voice_muted } });
  }

  /** In all calls of the community, until it is taken back. */
  async setDeafened(userId: string, person: PersonInCall, voice_deafened: boolean): Promise<void> {
    await this.#restrict(userId, person, { action: 'deafen_members', set: { voice_deafened } });
  }

  async disconnect(userId: string, person: PersonInCall): Promise<void> {
    const { channelId } = person;
    await changeChannel(this.#options, { userId, channelId }, (visit) =>
      this.#target(visit, person, 'move_members'),
    );
    await this.#options.control.remove(channelId, person.userId);
  }

  /** Into the call of another voice channel of the community, which they may join. Their page follows. */
  async move(userId: string, person: PersonInCall, toId: string): Promise<void> {
    const { channelId } = person;
    await changeChannel(this.#options, { userId, channelId }, async (visit) => {
      const target = await this.#target(visit, person, 'move_members');
      const to = await visitChannel(visit.trx, { userId, channelId: toId, now: visit.now });
      const isElsewhere = to.place.community.id !== visit.place.community.id || toId === channelId;
      if (to.row.kind !== 'voice' || isElsewhere) {
        throw new WorkspaceError('invalid', 'One moves to another voice channel of the community.', {
          field: 'to',
        });
      }
      need(to.permissions, 'move_members');
      if (!permissionsIn(target, to.place, visit.now).has('join_voice')) {
        throw new WorkspaceError('conflict', 'They may not join the call of that channel.', { field: 'to' });
      }
      const { id: community_id } = to.place.community;
      visit.events.push({
        type: 'voice_moved',
        payload: { community_id, from: channelId, to: toId, name: to.row.name },
        audience: { userIds: [person.userId] },
      });
    });
    await this.#options.control.remove(channelId, person.userId);
  }

  async #restrict(
    userId: string,
    person: PersonInCall,
    { action, set }: { action: Action; set: { voice_muted: boolean } | { voice_deafened: boolean } },
  ): Promise<void> {
    const { channelId } = person;
    await changeChannel(this.#options, { userId, channelId }, async (visit) => {
      await this.#target(visit, person, action);
      await visit.trx
        .updateTable('members')
        .set(set)
        .where('community_id', '=', visit.place.community.id)
        .where('user_id', '=', person.userId)
        .execute();
    });
    await this.#options.control.enforce(channelId);
  }

  /** Throws who is not in the call, and to whom it may not be done. */
  async #target(
    { permissions, subject, place, trx }: Moderating,
    { channelId, userId }: PersonInCall,
    action: Action,
  ): Promise<Subject> {
    need(permissions, action);
    const target = await loadSubject(trx, userId);
    if (target === undefined || !this.#options.voice.has(channelId, userId)) {
      throw new WorkspaceError('not_found', 'They are not in this call.');
    }
    if (subject.userId === userId || rankIn(subject, place.community) <= rankIn(target, place.community)) {
      throw new WorkspaceError(
        'forbidden',
        'You may do this only to people whose highest role is below yours.',
        { remedy: 'Ask somebody above them.' },
      );
    }
    return target;
  }
}
