import type { Participant } from '@parley/sfu';
import { createAccessToken } from './access-token.js';
import type { AccessGrants } from './grants.js';

/** Milliseconds between new tokens, and seconds that each is good for: a client that reconnects has one of at least half of that. */
const INTERVAL = 5 * 60_000;
const LIFETIME = 10 * 60;

/** Gives one client new tokens in time, so that it can come back after the one that it joined with has expired. */
export class TokenRefresher {
  readonly #participant: Participant;
  readonly #grants: AccessGrants;
  readonly #secret: string;
  #dueAt = 0;

  constructor(participant: Participant, grants: AccessGrants, secret: string) {
    this.#participant = participant;
    this.#grants = grants;
    this.#secret = secret;
  }

  isDue(now: number): boolean {
    return now >= this.#dueAt;
  }

  /** What the token says has changed. */
  expedite(): void {
    this.#dueAt = 0;
  }

  /** A token with the grants of the first one, and the name, metadata and attributes of now. */
  refresh(now: number, wall: number): Promise<string> {
    this.#dueAt = now + INTERVAL;
    const { identity, name, metadata, attributes } = this.#participant;
    const { apiKey, claims, video } = this.#grants;
    const lifetime = LIFETIME;
    return createAccessToken({
      apiKey,
      secret: this.#secret,
      identity,
      name,
      metadata,
      attributes,
      video,
      claims,
      lifetime,
      wall,
    });
  }
}
