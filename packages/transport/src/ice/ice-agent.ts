import { createCounters } from '@parley/core';
import { STUN_BINDING, StunAttribute, StunClass, StunErrorCode } from '../stun/attributes.js';
import { StunBuilder } from '../stun/stun-builder.js';
import { StunMessage } from '../stun/stun-message.js';
import { leadToSameRemote, pathsEqual, remoteAddressOf } from './address.js';
import type { Path } from './address.js';
import { iceMetrics, type IceCounters } from './ice-metrics.js';

/**
 * - `new`: no check has come yet.
 * - `checking`: a provisional path is known, on which DTLS may start.
 * - `connected`: the peer nominated a path.
 * - `disconnected`: no valid check from the selected path's remote end for 10 seconds, or nothing at all for 3 seconds from a peer that was
 *   sending all the time.
 * - `failed`: nor for 20 seconds more. A valid check still brings the agent back.
 * - `closed`: `close` was called.
 */
export type IceState = 'new' | 'checking' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface IceObserver {
  /** The selected path changed, or was nominated after having been provisional. `path` is a copy of its own. */
  onPath(path: Path, nominated: boolean): void;
  onStateChange(state: IceState): void;
}

export interface IceAgentOptions {
  readonly localUfrag: string;
  readonly localPassword: string;
  /** Unknown until the peer's description is there: checks are answered from whatever fragment till then. */
  readonly remoteUfrag?: string;
  readonly observer: IceObserver;
  /** What is counted together with other agents. Default counters of its own. */
  readonly counters?: IceCounters;
}

interface Generation {
  readonly ufrag: string;
  readonly password: string;
  remoteUfrag: string | undefined;
}

/** Without a valid check for so long, consent to send is lost (the longest RFC 7675 section 5.1 would allow is 30 s). */
const DISCONNECTED_AFTER = 10_000;

/**
 * A peer that was sending all the time is gone if nothing at all comes from it for so long. Not less than the time between
 * two checks of a browser, 2.5 s in Chromium: it may have stopped to send anything else.
 */
const SILENT_AFTER = 3_000;
/** Packets a second, at least, of a peer that sends all the time; and the longest gap between two of them. */
const BUSY_RATE = 10;
const BUSY_GAP = 1_000;

/** Since the last valid check. */
const FAILED_AFTER = 30_000;

/** Paths that are remembered for having been checked before they were nominated. */
const MAX_CHECKED_PATHS = 16;

/** Error answers a second, counted from the first; requests beyond are dropped. */
const MAX_ERRORS_PER_SECOND = 10;

/**
 * The lite side of ICE (RFC 8445 section 2.5): answers connectivity checks, never sends its own, and is always controlled.
 *
 * The first valid check gives a provisional path, so that a ClientHello overtaking the nomination is not lost. From
 * the first nomination on only nominated paths are selected; the latest wins, and with libwebrtc's renomination the
 * highest. A peer that nominates with its first check of a path (aggressive nomination, as Firefox does) nominates several
 * at once and uses the one of the highest priority (RFC 5245 section 8.1.1.2), so that wins there. Any source address will do as long as the check is authentic (peer-reflexive candidates).
 *
 * It cannot amplify: an answer goes only to a request with our username, is never larger than 1.5 times the request,
 * and errors are limited to 10 a second.
 */
export class IceAgent {
  readonly counters: Readonly<IceCounters>;
  readonly #counters: IceCounters;
  readonly #observer: IceObserver;
  #current: Generation;
  /** Answers too, after a restart, until the first check with the current one. */
  #previous: Generation | undefined;
  #state: IceState = 'new';
  #path: Path | undefined;
  #pathNominated = false;
  /** The highest nomination of this generation; 0 before the first, 1 without renomination. */
  #nomination = 0;
  /** What the peer said of the selected path with its nomination. */
  #priority = 0;
  /** Paths of this generation whose first check nominated nothing: who nominates one later means that one. */
  #checkedPaths: Path[] = [];
  /** When the last valid check came from the remote end of the selected path. */
  #lastCheck = 0;
  /** When anything came over the selected path. */
  #heardAt = -Infinity;
  /** Since when the peer sends all the time, and how much that is. */
  #busySince = 0;
  #busyPackets = 0;
  #errorSecond = -Infinity;
  #errorsInSecond = 0;

  constructor(options: IceAgentOptions) {
    const { localUfrag, localPassword, remoteUfrag, observer } = options;
    this.counters = this.#counters = options.counters ?? createCounters(iceMetrics);
    this.#observer = observer;
    this.#current = { ufrag: localUfrag, password: localPassword, remoteUfrag };
  }

  get state(): IceState {
    return this.#state;
  }

  /** The path to send on; do not change it. */
  get selectedPath(): Path | undefined {
    return this.#path;
  }

  /** When `handleTimeout` has something to do; Infinity if nothing is due. */
  get deadline(): number {
    switch (this.#state) {
      case 'checking':
        return this.#lastCheck + DISCONNECTED_AFTER;
      case 'connected': {
        const silentAt = this.#isBusy ? this.#heardAt + SILENT_AFTER : Infinity;
        return Math.min(this.#lastCheck + DISCONNECTED_AFTER, silentAt);
      }
      case 'disconnected':
        return this.#lastCheck + FAILED_AFTER;
      default:
        return Infinity;
    }
  }

  /** Sets the peer's fragment of the current generation: from now on checks from others are dropped. */
  setRemote(ufrag: string): void {
    this.#current.remoteUfrag = ufrag;
  }

  /**
   * ICE restart (RFC 8445 section 9). The path stays until the peer nominates another. Old credentials answer beside the
   * new ones until the first check with the new.
   */
  restart(localUfrag: string, localPassword: string, remoteUfrag?: string): void {
    this.#previous = this.#current;
    this.#current = { ufrag: localUfrag, password: localPassword, remoteUfrag };
  }

  /**
   * Takes one STUN message.
   *
   * @returns the response to send back over `path`; nothing if the message was dropped.
   */
  receive(bytes: Uint8Array, path: Path, now: number): Uint8Array | undefined {
    if (this.#state === 'closed') return undefined;
    const message = StunMessage.parse(bytes);
    if (message?.method !== STUN_BINDING) {
      this.#counters.malformed++;
      return undefined;
    }
    if (message.class !== StunClass.REQUEST) {
      this.#counters.ignored++;
      return undefined;
    }
    const generation = this.#generationOf(message.username);
    if (!generation) {
      this.#counters.wrongUsername++;
      return undefined;
    }
    const response = this.#respond(message, generation, path, now);
    return response && response.length <= 1.5 * bytes.length ? response : undefined;
  }

  /** Something authentic other than a check came over the selected path. */
  heard(now: number): void {
    if (now - this.#heardAt > BUSY_GAP) {
      this.#busySince = now;
      this.#busyPackets = 0;
    }
    this.#heardAt = now;
    this.#busyPackets++;
    if (this.#state === 'disconnected' && this.#pathNominated && now - this.#lastCheck < DISCONNECTED_AFTER)
      this.#setState('connected');
  }

  /** For so many milliseconds nothing could be heard, through no fault of the peer: that is no silence of its own. */
  handleStall(milliseconds: number): void {
    this.#lastCheck += milliseconds;
    this.#heardAt += milliseconds;
  }

  handleTimeout(now: number): void {
    if (now >= this.deadline && this.#state !== 'disconnected') this.#setState('disconnected');
    if (now >= this.deadline) this.#setState('failed');
  }

  close(): void {
    this.#setState('closed');
  }

  /** The credentials a check was made with, found by its USERNAME: our fragment, a colon, the peer's. */
  #generationOf(username: string | undefined): Generation | undefined {
    const colon = username?.indexOf(':') ?? -1;
    if (username === undefined || colon < 0) return undefined;
    const local = username.slice(0, colon);
    const remote = username.slice(colon + 1);
    const generation = [this.#current, this.#previous].find((candidate) => candidate?.ufrag === local);
    return (generation?.remoteUfrag ?? remote) === remote ? generation : undefined;
  }

  #respond(message: StunMessage, generation: Generation, path: Path, now: number): Uint8Array | undefined {
    const { transactionId, unknownAttributes } = message;
    if (!message.verifyIntegrity(generation.password)) {
      this.#counters.unauthenticated++;
      return this.#error(transactionId, now)
        ?.addErrorCode(StunErrorCode.UNAUTHENTICATED, 'Unauthenticated')
        .finish();
    }
    if (unknownAttributes.length > 0) {
      this.#counters.unknownAttributes++;
      return this.#error(transactionId, now)
        ?.addErrorCode(StunErrorCode.UNKNOWN_ATTRIBUTE, 'Unknown Attribute')
        .addUnknownAttributes(unknownAttributes)
        .finish(generation.password);
    }
    if (message.has(StunAttribute.ICE_CONTROLLED)) {
      this.#counters.roleConflicts++;
      return this.#error(transactionId, now)
        ?.addErrorCode(StunErrorCode.ROLE_CONFLICT, 'Role Conflict')
        .finish(generation.password);
    }
    this.#counters.checks++;
    this.#accept(message, generation, path, now);
    return new StunBuilder(StunClass.SUCCESS, STUN_BINDING, transactionId)
      .addXorMappedAddress(remoteAddressOf(path))
      .finish(generation.password);
  }

  /** Begins an error response, unless too many were sent in this second. */
  #error(transactionId: Uint8Array, now: number): StunBuilder | undefined {
    if (now - this.#errorSecond >= 1000) {
      this.#errorSecond = now;
      this.#errorsInSecond = 0;
    }
    if (this.#errorsInSecond >= MAX_ERRORS_PER_SECOND) return undefined;
    this.#errorsInSecond++;
    return new StunBuilder(StunClass.ERROR, STUN_BINDING, transactionId);
  }

  /** Takes over what a valid check says about paths. */
  #accept(message: StunMessage, generation: Generation, path: Path, now: number): void {
    if (this.#previous && generation === this.#current) {
      this.#previous = undefined;
      this.#nomination = 0;
      this.#checkedPaths = [];
    }
    const useCandidate = message.has(StunAttribute.USE_CANDIDATE) ? 1 : 0;
    const nomination = message.uint32(StunAttribute.NOMINATION) ?? useCandidate;
    const priority = message.uint32(StunAttribute.PRIORITY) ?? 0;
    if (nomination === 0) this.#rememberChecked(path);
    if (nomination > this.#nomination || (nomination > 0 && this.#replaces(path, nomination, priority))) {
      this.#nomination = nomination;
      this.#priority = priority;
      this.#select(path, true);
    } else if (!this.#path || (this.#nomination === 0 && this.#consentLost)) {
      this.#select(path, false);
    }
    // To whichever of our addresses: a peer that nominated several of them from one socket goes on to check one alone.
    if (!this.#path || !leadToSameRemote(this.#path, path)) return;
    this.#lastCheck = now;
    this.heard(now);
    this.#setState(this.#pathNominated ? 'connected' : 'checking');
  }

  /** Whether a nomination wins over that of the selected path, which has the same number or a higher one. */
  #replaces(path: Path, nomination: number, priority: number): boolean {
    if (nomination < this.#nomination) return false;
    return priority >= this.#priority || this.#consentLost || this.#wasChecked(path);
  }

  #wasChecked(path: Path): boolean {
    return this.#checkedPaths.some((checked) => pathsEqual(checked, path));
  }

  #rememberChecked(path: Path): void {
    if (this.#wasChecked(path)) return;
    if (this.#checkedPaths.length >= MAX_CHECKED_PATHS) this.#checkedPaths.shift();
    this.#checkedPaths.push(path.slice());
  }

  get #isBusy(): boolean {
    const elapsed = this.#heardAt - this.#busySince;
    return elapsed >= BUSY_GAP && this.#busyPackets * 1_000 >= BUSY_RATE * elapsed;
  }

  get #consentLost(): boolean {
    return this.#state === 'disconnected' || this.#state === 'failed';
  }

  #select(path: Path, nominated: boolean): void {
    const same = this.#path !== undefined && pathsEqual(this.#path, path);
    if (same && (this.#pathNominated || !nominated)) return;
    this.#path = path.slice();
    this.#pathNominated = nominated;
    this.#observer.onPath(this.#path, nominated);
  }

  #setState(state: IceState): void {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    this.#observer.onStateChange(state);
  }
}
