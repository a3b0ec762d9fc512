import { buildChunk, ChunkType } from './chunks.js';
import { COOKIE_LIFE, CookieSigner } from './cookie-signer.js';
import { buildInit } from './init-chunk.js';
import type { Init } from './init-chunk.js';
import { MAX_STREAMS } from './association-parameters.js';
import type { AssociationParameters } from './association-parameters.js';
import { initialTimeout } from './retransmission-timeout.js';

/** Setting up an association: INIT, INIT ACK, COOKIE ECHO, COOKIE ACK (RFC 9260 section 5). */

/** A chunk that travels alone, with the tag its packet has to bear. */
export interface Reply {
  readonly tag: number;
  readonly chunk: Uint8Array;
}

export type CookieVerdict =
  /** The association is up, or begins anew because the peer restarted. */
  | { readonly kind: 'established' | 'restarted'; readonly parameters: AssociationParameters }
  /** It was up already: the peer missed our COOKIE ACK. */
  | { readonly kind: 'repeated' }
  /** Ours, but too old; the peer behind this tag has to begin again. */
  | { readonly kind: 'stale'; readonly peerTag: number }
  | { readonly kind: 'refused' };

/** Max.Init.Retransmits, RFC 9260 section 16. */
const MAX_RETRANSMITS = 8;

export class Handshake {
  readonly #random: () => number;
  readonly #window: number;
  readonly #signer: CookieSigner;
  #state: 'idle' | 'cookie-wait' | 'cookie-echoed' | 'done' = 'idle';
  /** Ours, from INIT on; zero where we have not sent one. */
  #localTag = 0;
  #localInitialTsn = 0;
  #peer: Init | undefined;
  /** INIT or COOKIE ECHO: repeated until it is answered. */
  #request: Reply | undefined;
  #requestDue = false;
  #attempt = 0;
  /** T1-init and T1-cookie. */
  #deadline = Infinity;

  /** @param window our receiver window, in bytes */
  constructor(random: () => number, window: number) {
    this.#random = random;
    this.#window = window;
    this.#signer = new CookieSigner(random);
  }

  get deadline(): number {
    return this.#deadline;
  }

  get localTag(): number {
    return this.#localTag;
  }

  /** Zero until the INIT ACK came. */
  get peerTag(): number {
    return this.#peer?.tag ?? 0;
  }

  connect(now: number): void {
    if (this.#state !== 'idle') return;
    this.#localTag = this.#randomTag();
    this.#localInitialTsn = this.#random();
    this.#sendInit(now);
  }

  /** T1 expired: the request goes out again. False when the peer has not answered often enough. */
  handleTimeout(now: number): boolean {
    if (++this.#attempt > MAX_RETRANSMITS) return false;
    this.#requestDue = true;
    this.#deadline = now + initialTimeout(this.#attempt);
    return true;
  }

  /** What to send now, if anything. */
  takeRequest(): Reply | undefined {
    if (!this.#requestDue) return undefined;
    this.#requestDue = false;
    return this.#request;
  }

  /**
   * Answers an INIT. No state is kept: all of it goes into the cookie.
   * @param current the association, if one is up: the peer has restarted, or the INIT is a late copy (section 5.2.2)
   */
  handleInit(init: Init, current: AssociationParameters | undefined, now: number): Reply {
    // Where both ends have sent an INIT, both answer with what they said in their own (section 5.2.1).
    const colliding = this.#state === 'cookie-wait' || this.#state === 'cookie-echoed';
    const localTag = colliding ? this.#localTag : this.#randomTag();
    const localInitialTsn = colliding ? this.#localInitialTsn : this.#random();
    const cookie = this.#signer.sign({
      parameters: parametersOf(localTag, localInitialTsn, init),
      tieTags: { local: current?.localTag ?? 0, peer: current?.peerTag ?? 0 },
      createdAt: now,
    });
    return { tag: init.tag, chunk: this.#buildInit(localTag, localInitialTsn, cookie, init.unrecognized) };
  }

  /** False when none was expected. */
  handleInitAck(init: Init, now: number): boolean {
    if (this.#state !== 'cookie-wait' || !init.cookie) return false;
    this.#state = 'cookie-echoed';
    this.#peer = init;
    this.#send({ tag: init.tag, chunk: buildChunk(ChunkType.CookieEcho, 0, init.cookie) }, now);
    return true;
  }

  /** Section 5.2.4; `tag` is the packet's. */
  handleCookieEcho(
    cookie: Uint8Array,
    tag: number,
    current: AssociationParameters | undefined,
    now: number,
  ): CookieVerdict {
    const opened = this.#signer.verify(cookie);
    if (opened?.parameters.localTag !== tag) return { kind: 'refused' };
    const { parameters, tieTags, createdAt } = opened;
    const localMatches = parameters.localTag === (current?.localTag ?? this.#localTag);
    const peerMatches = parameters.peerTag === (current?.peerTag ?? this.peerTag);
    if (current && localMatches && peerMatches) return { kind: 'repeated' };
    if (now - createdAt > COOKIE_LIFE) return { kind: 'stale', peerTag: parameters.peerTag };
    if (current) {
      const restarted =
        !localMatches &&
        !peerMatches &&
        tieTags.local === current.localTag &&
        tieTags.peer === current.peerTag;
      return restarted ? { kind: 'restarted', parameters } : { kind: 'refused' };
    }
    if (this.#state !== 'idle' && !localMatches) return { kind: 'refused' };
    this.stop();
    return { kind: 'established', parameters };
  }

  /** The parameters of the association that is up now, or undefined when no COOKIE ACK was expected. */
  handleCookieAck(): AssociationParameters | undefined {
    if (this.#state !== 'cookie-echoed' || !this.#peer) return undefined;
    this.stop();
    return parametersOf(this.#localTag, this.#localInitialTsn, this.#peer);
  }

  /** The peer says that our COOKIE ECHO came too late (section 5.2.6). */
  handleStaleCookie(now: number): void {
    if (this.#state === 'cookie-echoed') this.#sendInit(now);
  }

  /** It is over: nothing is sent any more. */
  stop(): void {
    this.#state = 'done';
    this.#request = undefined;
    this.#requestDue = false;
    this.#deadline = Infinity;
  }

  #sendInit(now: number): void {
    this.#state = 'cookie-wait';
    this.#send({ tag: 0, chunk: this.#buildInit(this.#localTag, this.#localInitialTsn, undefined) }, now);
  }

  #send(request: Reply, now: number): void {
    this.#request = request;
    this.#requestDue = true;
    this.#deadline = now + initialTimeout(0);
  }

  #buildInit(
    tag: number,
    initialTsn: number,
    cookie: Uint8Array | undefined,
    unrecognized: readonly Uint8Array[] = [],
  ): Uint8Array {
    const fields = {
      tag,
      window: this.#window,
      outgoingStreams: MAX_STREAMS,
      incomingStreams: MAX_STREAMS,
      initialTsn,
      cookie,
    };
    return buildInit(fields, unrecognized);
  }

  /** Zero is no tag. */
  #randomTag(): number {
    return this.#random() || 1;
  }
}

function parametersOf(localTag: number, localInitialTsn: number, peer: Init): AssociationParameters {
  return {
    localTag,
    peerTag: peer.tag,
    localInitialTsn,
    peerInitialTsn: peer.initialTsn,
    peerWindow: peer.window,
    outgoingStreams: Math.min(MAX_STREAMS, peer.incomingStreams),
    forwardTsn: peer.forwardTsn,
    reconfig: peer.reconfig,
  };
}
