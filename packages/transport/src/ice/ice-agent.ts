import { STUN_BINDING, StunAttribute, StunClass, StunErrorCode } from '../stun/attributes.js';
import { StunBuilder } from '../stun/builder.js';
import { StunMessage } from '../stun/message.js';
import { pathsEqual, remoteAddressOf } from './address.js';
import type { Path } from './address.js';

/**
 * - `new`: no check has come yet.
 * - `checking`: a provisional path is known, on which DTLS may start.
 * - `connected`: the peer nominated a path.
 * - `disconnected`: no valid check on the selected path for 10 seconds.
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
}

/** What became of the messages received; each is counted once. */
export interface IceCounters {
  /** Valid checks, answered with success. */
  checks: number;
  /** Not a STUN Binding message, or with a wrong FINGERPRINT. */
  malformed: number;
  /** Indications, and responses to requests that a lite agent never makes. */
  ignored: number;
  /** USERNAME missing or not ours. */
  wrongUsername: number;
  /** MESSAGE-INTEGRITY missing or wrong. */
  unauthenticated: number;
  /** Attributes that would have to be understood. */
  unknownAttributes: number;
  /** The peer took itself for controlled. */
  roleConflicts: number;
}

interface Generation {
  readonly ufrag: string;
  readonly password: string;
  remoteUfrag: string | undefined;
}

/** Without a valid check for so long, consent to send is lost (the longest RFC 7675 section 5.1 would allow is 30 s). */
const DISCONNECTED_AFTER = 10_000;

/** Since the last valid check. */
const FAILED_AFTER = 30_000;

/** Error answers a second, counted from the first; requests beyond are dropped. */
const MAX_ERRORS_PER_SECOND = 10;

/**
 * The lite side of ICE (RFC 8445 section 2.5): answers connectivity checks, never sends its own, and is always controlled.
 *
 * The first valid check gives a provisional path, so that a ClientHello overtaking the nomination is not lost. From
 * the first nomination on only nominated paths are selected; the latest wins, and with libwebrtc's renomination the
 * highest. Any source address will do as long as the check is authentic (peer-reflexive candidates).
 *
 * It cannot amplify: an answer goes only to a request with our username, is never larger than 1.5 times the request,
 * and errors are limited to 10 a second.
 */
export class IceAgent {
  readonly counters: Readonly<IceCounters>;
  readonly #counters: IceCounters = {
    checks: 0,
    malformed: 0,
    ignored: 0,
    wrongUsername: 0,
    unauthenticated: 0,
    unknownAttributes: 0,
    roleConflicts: 0,
  };
  readonly #observer: IceObserver;
  #current: Generation;
  /** Answers too, after a restart, until the first check with the current one. */
  #previous: Generation | undefined;
  #state: IceState = 'new';
  #path: Path | undefined;
  #pathNominated = false;
  /** The highest nomination of this generation; 0 before the first, 1 without renomination. */
  #nomination = 0;
  /** When the last valid check came over the selected path. */
  #lastCheck = 0;
  #errorSecond = -Infinity;
  #errorsInSecond = 0;

  constructor(options: IceAgentOptions) {
    const { localUfrag, localPassword, remoteUfrag, observer } = options;
    this.counters = this.#counters;
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
      case 'connected':
        return this.#lastCheck + DISCONNECTED_AFTER;
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
    }
    const useCandidate = message.has(StunAttribute.USE_CANDIDATE) ? 1 : 0;
    const nomination = message.uint32(StunAttribute.NOMINATION) ?? useCandidate;
    if (nomination > 0 && nomination >= this.#nomination) {
      this.#nomination = nomination;
      this.#select(path, true);
    } else if (!this.#path || (this.#nomination === 0 && this.#consentLost)) {
      this.#select(path, false);
    }
    if (!this.#path || !pathsEqual(this.#path, path)) return;
    this.#lastCheck = now;
    this.#setState(this.#pathNominated ? 'connected' : 'checking');
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
