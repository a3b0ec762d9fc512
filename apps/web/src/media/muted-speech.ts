/** Louder than this, by root mean square of full scale, is a voice at a microphone and no breath. */
const VOICE_LEVEL = 0.03;
/** Looks in a row that must hear a voice: a cough or a key is shorter. */
const LOOKS = 4;
const SAID_AGAIN_MS = 30_000;

/** Finds out that somebody speaks into a muted microphone; says so once in a while, not all the time. */
export class MutedSpeech {
  #heard = 0;
  #saidAt = -Infinity;

  /** Takes the level of a moment; true when it is time to say something. `now` in milliseconds. */
  hear(level: number, now: number): boolean {
    this.#heard = level > VOICE_LEVEL ? this.#heard + 1 : 0;
    if (this.#heard < LOOKS || now - this.#saidAt < SAID_AGAIN_MS) return false;
    this.#saidAt = now;
    return true;
  }
}
