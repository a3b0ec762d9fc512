import { channelOfRoom, isAccount } from '@parley/contract';
import type { VoiceState } from '@parley/contract';
import { errorText } from '@parley/core';
import type { Log } from '@parley/core';
import type { Roster } from '@parley/node/main-thread';
import { loadChannel, loadVoice } from '@parley/workspace';
import type { Audience, VoiceRooms, WorkspaceEvent, WorkspaceTables } from '@parley/workspace';
import type { Kysely } from 'kysely';

export interface VoiceStatesOptions {
  db: Kysely<WorkspaceTables>;
  rooms: VoiceRooms;
  /** Tells others what matters now alone. */
  announce: (event: WorkspaceEvent) => Promise<void>;
  /** Others are in the call of a channel. */
  onPeople: (channelId: string) => void;
  log: Log;
}

/** Hears from the media threads who is in the calls of channels, and tells whoever sees these. */
export class VoiceStates {
  readonly #options: VoiceStatesOptions;
  /** Channels of which is to be told; what changes meanwhile is told as one. */
  readonly #changed = new Set<string>();
  #telling: Promise<void> | undefined;

  constructor(options: VoiceStatesOptions) {
    this.#options = options;
  }

  hear(thread: number, { room, people }: Roster): void {
    const channelId = channelOfRoom(room);
    if (channelId === undefined) return;
    // Recorders and agents have names of another form.
    const accounts = people.filter(({ identity }) => isAccount(identity));
    const shown = accounts.map(({ identity: userId, microphone, camera, screen }) => ({
      ...{ userId, microphone, camera, screen },
    }));
    this.#options.rooms.set(thread, channelId, shown);
    this.#tell([channelId]);
  }

  threadEnded(thread: number): void {
    this.#tell(this.#options.rooms.threadEnded(thread));
  }

  /** What is shown of somebody in the call of a channel has changed in the database. */
  changed(channelId: string): void {
    this.#options.rooms.touch();
    this.#tell([channelId]);
  }

  async close(): Promise<void> {
    this.#changed.clear();
    await this.#telling;
  }

  #tell(channelIds: readonly string[]): void {
    for (const id of channelIds) {
      this.#options.onPeople(id);
      this.#changed.add(id);
    }
    this.#telling ??= this.#run().finally(() => {
      this.#telling = undefined;
    });
  }

  async #run(): Promise<void> {
    // Who is added while one is told of stands behind.
    for (const channelId of this.#changed) {
      this.#changed.delete(channelId);
      try {
        await this.#tellOf(channelId);
      } catch (error) {
        // Pages ask again when they come back to a place.
        this.#options.log('warn', { reason: errorText(error) }, 'Who is in a call could not be told');
      }
    }
  }

  async #tellOf(channelId: string): Promise<void> {
    const { db, rooms, announce } = this.#options;
    const found = await loadChannel(db, channelId);
    if (found === undefined) return;
    const communityId = found.channel.community_id;
    const { revision, channels } = await loadVoice(db, [{ channelId, communityId }], rooms);
    const empty: VoiceState = { channel_id: channelId, revision, people: [], total: 0 };
    const payload = { ...(channels[0] ?? empty), community_id: communityId };
    const audience: Audience =
      found.place.kind === 'direct'
        ? { userIds: [...found.place.memberIds] }
        : { communityId: found.place.community.id, channelId };
    await announce({ type: 'voice_changed', payload, audience });
  }
}
