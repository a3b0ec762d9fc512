import { STUN_BINDING, StunAttribute, StunClass } from '../stun/attributes.js';
import type { TransportAddress } from '../stun/address.js';
import { StunBuilder } from '../stun/stun-builder.js';
import { StunMessage } from '../stun/stun-message.js';
import { candidatePriority } from './candidates.js';
import type { IceCredentials } from './credentials.js';

export interface IceClientOptions {
  readonly local: IceCredentials;
  readonly remote: IceCredentials;
  /** Gives that many random bytes. */
  readonly random: (size: number) => Uint8Array;
}

/** `failed`: no answer for 30 seconds. An answer still brings the client back. */
export type IceClientState = 'checking' | 'connected' | 'failed';

/** Between unanswered checks: doubled each time, up to `MAX_RETRY`. */
const FIRST_RETRY = 100;
const MAX_RETRY = 1600;

/** Between answered checks, give or take a fifth (RFC 7675 section 5.1). */
const CONSENT_INTERVAL = 2500;

const FAILED_AFTER = 30_000;

/** An answer to any of the last so many checks counts. */
const MAX_OUTSTANDING = 8;

/** Peer-reflexive, the type the peer gives to an address that it learns from a check. */
const PRIORITY = candidatePriority(110, 65535, 1);

/** The controlling side towards one remote address, for tests and load generators: nominates with every check. */
export class IceClient {
  readonly #options: IceClientOptions;
  readonly #tieBreaker: Uint8Array;
  readonly #outstanding: string[] = [];
  #state: IceClientState = 'checking';
  #mappedAddress: TransportAddress | undefined;
  #retry = FIRST_RETRY;
  #deadline = 0;
  #lastAnswer: number | undefined;

  constructor(options: IceClientOptions) {
    this.#options = options;
    this.#tieBreaker = options.random(8);
  }

  get state(): IceClientState {
    return this.#state;
  }

  /** The own address as the peer sees it. */
  get mappedAddress(): TransportAddress | undefined {
    return this.#mappedAddress;
  }

  /** When `poll` has a check to send; at once in the beginning. */
  get deadline(): number {
    return this.#deadline;
  }

  /** The next check, if one is due. */
  poll(now: number): Uint8Array | undefined {
    if (now < this.#deadline) return undefined;
    this.#lastAnswer ??= now;
    if (now - this.#lastAnswer >= FAILED_AFTER) this.#state = 'failed';
    this.#deadline = now + this.#retry;
    this.#retry = Math.min(2 * this.#retry, MAX_RETRY);
    return this.#buildCheck();
  }

  /** Takes a STUN message from the peer; anything but the authentic answer to a recent check is ignored. */
  receive(bytes: Uint8Array, now: number): void {
    const message = StunMessage.parse(bytes);
    if (message?.class !== StunClass.SUCCESS) return;
    const index = this.#outstanding.indexOf(hex(message.transactionId));
    if (index < 0 || !message.verifyIntegrity(this.#options.remote.password)) return;
    this.#outstanding.splice(0, index + 1);
    this.#state = 'connected';
    this.#mappedAddress = message.xorMappedAddress;
    this.#lastAnswer = now;
    this.#retry = FIRST_RETRY;
    const spread = 0.8 + (0.4 * this.#options.random(1)[0]!) / 255;
    this.#deadline = now + CONSENT_INTERVAL * spread;
  }

  #buildCheck(): Uint8Array {
    const { local, remote, random } = this.#options;
    const transactionId = random(12);
    this.#outstanding.push(hex(transactionId));
    if (this.#outstanding.length > MAX_OUTSTANDING) this.#outstanding.shift();
    return new StunBuilder(StunClass.REQUEST, STUN_BINDING, transactionId)
      .addString(StunAttribute.USERNAME, `${remote.ufrag}:${local.ufrag}`)
      .addUint32(StunAttribute.PRIORITY, PRIORITY)
      .add(StunAttribute.ICE_CONTROLLING, this.#tieBreaker)
      .add(StunAttribute.USE_CANDIDATE, new Uint8Array(0))
      .finish(remote.password);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
