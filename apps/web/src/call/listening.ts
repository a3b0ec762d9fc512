import { isRecord, parseRecord } from '../lib/json.js';
import { Store } from '../lib/store.js';

/** How one hears somebody, which nobody else notices. */
export interface PersonSound {
  /** Percent of what they send, 0 to `LOUDEST`. */
  volume: number;
  muted: boolean;
}

export const LOUDEST = 200;
export const AS_SENT: PersonSound = { volume: 100, muted: false };

const KEY = 'parley.sounds';
/** Those who were changed longest ago are forgotten. */
const MOST_REMEMBERED = 300;

/** What one hears of a call: nobody while deafened, and others as loud as one wants, which this browser remembers. */
export class Listening {
  readonly deafened = new Store(false);
  /** Of those for whom it is not as they send it, by identity. */
  readonly people: Store<ReadonlyMap<string, PersonSound>>;
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
    this.people = new Store(load(storage));
  }

  change(identity: string, change: Partial<PersonSound>): void {
    const people = new Map(this.people.get());
    const sound = { ...(people.get(identity) ?? AS_SENT), ...change };
    people.delete(identity);
    if (sound.volume !== AS_SENT.volume || sound.muted) people.set(identity, sound);
    for (const oldest of people.keys()) {
      if (people.size <= MOST_REMEMBERED) break;
      people.delete(oldest);
    }
    this.people.set(people);
    try {
      this.#storage.setItem(KEY, JSON.stringify(Object.fromEntries(people)));
    } catch {
      // It then lasts as long as the page.
    }
  }
}

function load(storage: Pick<Storage, 'getItem'>): Map<string, PersonSound> {
  let stored;
  try {
    stored = parseRecord(storage.getItem(KEY));
  } catch {
    // Storage can be forbidden.
  }
  const people = new Map<string, PersonSound>();
  for (const [identity, sound] of Object.entries(stored ?? {})) {
    if (!isRecord(sound) || typeof sound.volume !== 'number' || typeof sound.muted !== 'boolean') continue;
    const volume = Math.min(Math.max(sound.volume, 0), LOUDEST);
    people.set(identity, { volume, muted: sound.muted });
  }
  return people;
}
