import { createAccessToken } from '@parley/access';
import type { ApiKey, VideoGrant } from '@parley/access';
import { channelOfRoom, channelRoom, isAccount } from '@parley/contract';
import { errorText } from '@parley/core';
import type { Log } from '@parley/core';
import type { CallService } from '@parley/workspace';
import { z } from 'zod';
import type { MediaFront } from '../media/media-front.js';
import type { CallDoor } from './call-door.js';

export interface CallKeeperOptions {
  media: Pick<MediaFront, 'callApi'>;
  calls: CallService;
  door: Pick<CallDoor, 'signedOut'>;
  /** Signs what is asked of the media server. */
  key: ApiKey;
  log: Log;
}

const rooms = z.object({
  rooms: z.array(z.object({ name: z.string() })).default([]),
});
const people = z.object({
  participants: z
    .array(
      z.object({
        identity: z.string(),
        permission: z
          .object({
            canSubscribe: z.boolean().default(false),
            canPublish: z.boolean().default(false),
            canPublishSources: z.array(z.string()).default([]),
          })
          .default({ canSubscribe: false, canPublish: false, canPublishSources: [] }),
      }),
    )
    .default([]),
});

/** Milliseconds between two looks, since what is allowed for a time ends without anybody's doing. */
const INTERVAL = 30_000;
/** Milliseconds in which all who come into calls are looked at together. */
const SOON = 500;
/** Seconds for which a question to the media server is good. */
const TOKEN_LIFETIME = 60;

/**
 * Keeps the calls of channels as the permissions say, over LiveKit's server API: who may not be in one any more, or
 * has been signed out, is put out, and who may send or hear less is made to. Compares all calls with what is allowed,
 * whatever it was that changed.
 */
export class CallKeeper {
  readonly #options: CallKeeperOptions;
  readonly #timer: NodeJS.Timeout;
  #soon: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #closed = false;

  constructor(options: CallKeeperOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.look();
    }, INTERVAL);
  }

  /** Somebody came in, by a token and by what was allowed a moment ago. */
  lookSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.look();
    }, SOON);
  }

  /** Permissions may have changed, or sessions ended. */
  look(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** What was decided for people in a call holds at once. Where the media server does not answer, the next look does it. */
  async enforce(channelId: string): Promise<void> {
    try {
      await this.#check(channelId);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Takes somebody out of a call. */
  async remove(channelId: string, identity: string): Promise<void> {
    const room = channelRoom(channelId);
    await this.#ask('RemoveParticipant', { room, identity }, { roomAdmin: true, room });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#again = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        const { rooms: open } = rooms.parse(await this.#ask('ListRooms', {}, { roomList: true }));
        for (const { name } of open) {
          const channelId = channelOfRoom(name);
          if (channelId !== undefined) await this.#check(channelId);
        }
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  /** The next look tries again. */
  #failed(error: unknown): void {
    this.#options.log('warn', { reason: errorText(error) }, 'Calls could not be compared with permissions');
  }

  async #check(channelId: string): Promise<void> {
    const room = channelRoom(channelId);
    const grant = { roomAdmin: true, room };
    const { participants } = people.parse(await this.#ask('ListParticipants', { room }, grant));
    // Recorders and agents have names of another form.
    const present = participants.filter(({ identity }) => isAccount(identity));
    if (present.length === 0) return;
    const identities = present.map(({ identity }) => identity);
    const { calls, door } = this.#options;
    const allowed = await calls.allowed(channelId, identities);
    const signedOut = await door.signedOut(room, identities);
    for (const { identity, permission } of present) {
      const granted = allowed.get(identity);
      if (granted === undefined || signedOut.has(identity)) {
        await this.#ask('RemoveParticipant', { room, identity }, grant);
        continue;
      }
      const canPublishSources = granted.sources.map((source) => source.toUpperCase());
      const canSubscribe = granted.listens;
      if (!isSame(permission, { canSubscribe, canPublishSources })) {
        const canPublish = canPublishSources.length > 0;
        const wanted = { canSubscribe, canPublishData: true, canPublish, canPublishSources };
        await this.#ask('UpdateParticipant', { room, identity, permission: wanted }, grant);
      }
    }
  }

  async #ask(method: string, body: object, video: VideoGrant): Promise<unknown> {
    const { media, key } = this.#options;
    const token = await createAccessToken({
      ...{ apiKey: key.key, secret: key.secret, identity: '', name: '', video },
      ...{ lifetime: TOKEN_LIFETIME, wall: Date.now() },
    });
    const answer = await media.callApi({
      path: `/twirp/livekit.RoomService/${method}`,
      contentType: 'application/json',
      authorization: `Bearer ${token}`,
      body: Buffer.from(JSON.stringify(body)),
    });
    const text = Buffer.from(answer.body).toString('utf8');
    // Who has gone meanwhile need not be put out.
    if (answer.status === 404) return {};
    if (answer.status !== 200) throw new Error(`${method} was answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  }
}

interface Permission {
  canSubscribe: boolean;
  canPublish: boolean;
  canPublishSources: readonly string[];
}

function isSame(is: Permission, wanted: Omit<Permission, 'canPublish'>): boolean {
  if (is.canSubscribe !== wanted.canSubscribe) return false;
  const sources = wanted.canPublishSources;
  if (sources.length === 0) return !is.canPublish;
  return (
    is.canPublish &&
    is.canPublishSources.length === sources.length &&
    sources.every((source) => is.canPublishSources.includes(source))
  );
}
