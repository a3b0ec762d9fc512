import type { SignalRequest, SyncState } from '@livekit/protocol';
import type { Participant } from '@parley/sfu';
import { TokenBucket } from '@parley/core';

/** Why a request is not followed: it would cost more than its participant may cost the server. */
export type RequestFlood = 'change-flood' | 'subscription-flood';

/** Bytes a second, and at once, of updates to the others of one participant: each counts once for each of them. */
const UPDATE_BYTES = { rate: 8 * 1024 * 1024, burst: 64 * 1024 * 1024 };
/** Of those to each of them: less than may wait for one who reads slowly, who would be cut off for what somebody else does. */
const UPDATE_BYTES_TO_EACH = { rate: 512 * 1024, burst: 4 * 1024 * 1024 };
/** Bytes of an update beside names, metadata and attributes; tracks are about as long. */
const INFO_OVERHEAD = 500;
/** Tracks that may be named in subscriptions and settings: each is looked for in the whole room. */
const TRACKS = { rate: 2_000, burst: 20_000 };
/** Rules of who may subscribe, and states of clients that resume: each is held against everybody in the room. */
const RULES = { rate: 5, burst: 20 };

/** Limits what few bytes of one participant's signalling can make the server do: by what it costs, not by its length. */
export class RequestLimits {
  readonly #participant: Participant;
  readonly #updates: TokenBucket;
  readonly #updatesToEach: TokenBucket;
  readonly #tracks: TokenBucket;
  readonly #rules: TokenBucket;

  constructor(participant: Participant, now: number) {
    this.#participant = participant;
    this.#updates = new TokenBucket(UPDATE_BYTES.rate, UPDATE_BYTES.burst, now);
    this.#updatesToEach = new TokenBucket(UPDATE_BYTES_TO_EACH.rate, UPDATE_BYTES_TO_EACH.burst, now);
    this.#tracks = new TokenBucket(TRACKS.rate, TRACKS.burst, now);
    this.#rules = new TokenBucket(RULES.rate, RULES.burst, now);
  }

  /** Why the message is too much at present; undefined if it is not. To mute oneself is always possible. */
  check(message: SignalRequest['message'], now: number): RequestFlood | undefined {
    switch (message.case) {
      case 'subscription': {
        const { participantTracks, trackSids } = message.value;
        const more = participantTracks.reduce((sum, tracks) => sum + tracks.trackSids.length, 0);
        return this.#tracks.take(trackSids.length + more, now) ? undefined : 'subscription-flood';
      }
      case 'trackSetting':
        return this.#tracks.take(message.value.trackSids.length, now) ? undefined : 'subscription-flood';
      case 'syncState':
        return this.#rules.take(1, now) && this.#tracks.take(tracksIn(message.value), now)
          ? undefined
          : 'subscription-flood';
      case 'subscriptionPermission':
        return this.#rules.take(1, now) ? undefined : 'subscription-flood';
      case 'updateMetadata': {
        const { attributes, metadata, name } = message.value;
        return this.#allowsChange(name.length + metadata.length + lengthOf(attributes), now);
      }
      case 'mute':
        return message.value.muted ? undefined : this.#allowsChange(0, now);
      case 'updateAudioTrack':
      case 'updateVideoTrack':
        return this.#allowsChange(0, now);
      default:
        return undefined;
    }
  }

  /** An update holds everything of a participant, not what changed alone. */
  #allowsChange(added: number, now: number): 'change-flood' | undefined {
    const { attributes, metadata, publications, room } = this.#participant;
    const size = INFO_OVERHEAD * (1 + publications.size) + metadata.length + lengthOf(attributes) + added;
    // One that is larger than all at once may still be sent when nothing else was.
    const cost = Math.min(size * room.participants.size, UPDATE_BYTES.burst);
    const costToEach = Math.min(size, UPDATE_BYTES_TO_EACH.burst);
    return this.#updatesToEach.take(costToEach, now) && this.#updates.take(cost, now)
      ? undefined
      : 'change-flood';
  }
}

function tracksIn({ publishTracks, subscription, trackSidsDisabled }: SyncState): number {
  const { participantTracks = [], trackSids = [] } = subscription ?? {};
  const more = participantTracks.reduce((sum, tracks) => sum + tracks.trackSids.length, 0);
  return publishTracks.length + trackSidsDisabled.length + trackSids.length + more;
}

function lengthOf(attributes: Readonly<Record<string, string>>): number {
  let length = 0;
  for (const [key, value] of Object.entries(attributes)) length += key.length + value.length;
  return length;
}
