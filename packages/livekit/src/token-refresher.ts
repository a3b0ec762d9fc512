import { createAccessToken, type AccessGrants } from '@parley/access';
import type { Participant } from '@parley/sfu';
import { grantFromPermissions } from './grants.js';

/** Milliseconds between new tokens. */
const INTERVAL = 5 * 60_000;
/** Seconds that each is good for at least: a client that reconnects has one of at least half of that. */
const MIN_LIFETIME = 10 * 60;

/** Gives one client new tokens in time, so that it can come back after the one that it joined with has expired. */
export class TokenRefresher {
  readonly #participant: Participant;
  readonly #grants: AccessGrants;
  readonly #secret: string;
  #dueAt = 0;
  /** What the last token said. */
  #issued: readonly unknown[] = [];

  constructor(participant: Participant, grants: AccessGrants, secret: string) {
    this.#participant = participant;
    this.#grants = grants;
    this.#secret = secret;
  }

  /** When a new token is needed if nothing is to be said in it that the last one did not. */
  get deadline(): number {
    return this.#dueAt;
  }

  isDue(now: number): boolean {
    return (
      now >= this.#dueAt || said(this.#participant).some((value, index) => value !== this.#issued[index])
    );
  }

  /** The client may have missed the last one. */
  renew(): void {
    this.#dueAt = 0;
  }

  /**
   * A token with the grants of the first one, and the permissions, name, metadata and attributes of now. It is good for as long
   * as the first one was: a client that slept for hours has nothing better to come back with.
   */
  refresh(now: number, wall: number): Promise<string> {
    this.#dueAt = now + INTERVAL;
    this.#issued = said(this.#participant);
    const { identity, name, metadata, attributes, permissions } = this.#participant;
    const { apiKey, claims } = this.#grants;
    const video = { ...this.#grants.video, ...grantFromPermissions(permissions) };
    const lifetime = Math.max(MIN_LIFETIME, Math.floor(claims.exp - wall / 1000));
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

/** What a token says of its participant; each value is another one when it has changed. */
function said({ name, metadata, attributes, permissions }: Participant): readonly unknown[] {
  return [name, metadata, attributes, permissions];
}
