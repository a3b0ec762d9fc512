import { allActions } from './actions.js';
import type { Action, ActionScope } from './actions.js';

const BITS_PER_WORD = 32;
const WORDS = 3;

/** How many actions a set has room for. */
export const MOST_ACTIONS = BITS_PER_WORD * WORDS;

const BIT_OF = new Map<string, number>(allActions.map(({ action }, bit) => [action, bit]));

/**
 * A set of actions: bits in three words, which never change. What is stored or sent is its names, since the bits move
 * when actions are added.
 */
export class PermissionSet {
  static readonly none = new PermissionSet(0, 0, 0);

  readonly #a: number;
  readonly #b: number;
  readonly #c: number;

  private constructor(a: number, b: number, c: number) {
    this.#a = a;
    this.#b = b;
    this.#c = c;
  }

  static of(...actions: readonly Action[]): PermissionSet {
    return PermissionSet.ofNames(actions);
  }

  /** Names that are no action are left out: a newer version may have stored them. */
  static ofNames(names: Iterable<string>): PermissionSet {
    const words = new Int32Array(WORDS);
    for (const name of names) {
      const bit = BIT_OF.get(name);
      if (bit !== undefined) words[Math.floor(bit / BITS_PER_WORD)]! |= 1 << (bit % BITS_PER_WORD);
    }
    return new PermissionSet(words[0]!, words[1]!, words[2]!);
  }

  /** Every action of these scopes. */
  static ofScopes(...scopes: readonly ActionScope[]): PermissionSet {
    const within = allActions.filter(({ scope }) => scopes.includes(scope));
    return PermissionSet.ofNames(within.map(({ action }) => action));
  }

  has(action: Action): boolean {
    const bit = BIT_OF.get(action);
    if (bit === undefined) return false;
    const word = bit < BITS_PER_WORD ? this.#a : bit < 2 * BITS_PER_WORD ? this.#b : this.#c;
    return (word & (1 << (bit % BITS_PER_WORD))) !== 0;
  }

  hasAll(other: PermissionSet): boolean {
    return ((other.#a & ~this.#a) | (other.#b & ~this.#b) | (other.#c & ~this.#c)) === 0;
  }

  hasAny(other: PermissionSet): boolean {
    return ((other.#a & this.#a) | (other.#b & this.#b) | (other.#c & this.#c)) !== 0;
  }

  with(other: PermissionSet): PermissionSet {
    if (this.hasAll(other)) return this;
    return new PermissionSet(this.#a | other.#a, this.#b | other.#b, this.#c | other.#c);
  }

  without(other: PermissionSet): PermissionSet {
    if (!this.hasAny(other)) return this;
    return new PermissionSet(this.#a & ~other.#a, this.#b & ~other.#b, this.#c & ~other.#c);
  }

  only(other: PermissionSet): PermissionSet {
    if (other.hasAll(this)) return this;
    return new PermissionSet(this.#a & other.#a, this.#b & other.#b, this.#c & other.#c);
  }

  equals(other: PermissionSet): boolean {
    return this.#a === other.#a && this.#b === other.#b && this.#c === other.#c;
  }

  /** In the order of `allActions`. */
  names(): Action[] {
    return allActions.map(({ action }) => action).filter((action) => this.has(action));
  }

  toJSON(): Action[] {
    return this.names();
  }
}
