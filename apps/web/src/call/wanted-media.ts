import {
  explainMediaProblem,
  isScreenShareCancelled,
  mediaProblemOf,
  type MediaProblem,
  type MediaSource,
} from '../lib/media-problem.js';
import { Store } from '../lib/store.js';
import { texts } from '../texts/texts.js';
import type { CallNews } from './call-news.js';
import type { CallRoom } from './call-room.js';

export interface SourceState {
  /** What the person asked for. */
  wanted: boolean;
  /** What the others get. */
  published: boolean;
  /** Why it is off though it was asked for, when it last failed. */
  problem: MediaProblem | undefined;
}

export type MediaState = Readonly<Record<MediaSource, SourceState>>;

export const MEDIA_SOURCES: readonly MediaSource[] = ['microphone', 'camera', 'screen'];
export const EVERYTHING_OFF: MediaState = {
  microphone: { wanted: false, published: false, problem: undefined },
  camera: { wanted: false, published: false, problem: undefined },
  screen: { wanted: false, published: false, problem: undefined },
};

/** Waits before something is tried again that had worked earlier in the call; the last one repeats. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
/** Only the person can remove these. */
const FINAL: readonly MediaProblem[] = ['denied', 'missing', 'insecure'];

/**
 * Keeps what is published equal to what the person wants. `reconcile` closes the difference and may be called at any
 * time: after a press, after reconnecting, every few seconds.
 */
export class WantedMedia {
  readonly state = new Store<MediaState>(EVERYTHING_OFF);
  readonly #news: CallNews;
  readonly #isSecure: boolean;
  readonly #switching = new Set<MediaSource>();
  /** What was on before in this call: it is tried again where a first failure would be final. */
  readonly #worked = new Set<MediaSource>();
  readonly #failures = new Map<MediaSource, number>();
  readonly #timers = new Map<MediaSource, ReturnType<typeof setTimeout>>();
  #room: CallRoom | undefined;

  constructor(news: CallNews, isSecure: boolean) {
    this.#news = news;
    this.#isSecure = isSecure;
  }

  /** The room to publish to, while there is a connection to it. */
  connect(room: CallRoom): void {
    this.#room = room;
    this.reconcile();
  }

  /** Nothing is switched until there is a connection again. What is wanted stays. */
  disconnect(): void {
    this.#room = undefined;
    for (const source of MEDIA_SOURCES) this.#cancelRetry(source);
  }

  /** The call is over. */
  reset(): void {
    this.disconnect();
    this.#worked.clear();
    this.#failures.clear();
    this.state.set(EVERYTHING_OFF);
  }

  want(source: MediaSource, on: boolean): void {
    this.#failures.delete(source);
    this.#cancelRetry(source);
    this.#set(source, { wanted: on, problem: undefined });
    this.#close(source);
  }

  toggle(source: MediaSource): void {
    this.want(source, !this.state.get()[source].wanted);
  }

  /** It was stopped by somebody else, and is not to be started again against their will. */
  stopped(source: MediaSource): void {
    if (!this.state.get()[source].wanted) return;
    this.#set(source, { wanted: false, published: false });
    if (source === 'screen') this.#news.announce(texts.media.switched.screen.off);
    else this.#news.notify(texts.media.stoppedByOthers[source], 'problem');
  }

  /** Compares what is wanted with what is published, and closes each difference. */
  reconcile(): void {
    for (const source of MEDIA_SOURCES) this.#close(source);
  }

  #close(source: MediaSource): void {
    if (this.#room === undefined || this.#switching.has(source) || this.#timers.has(source)) return;
    this.#switching.add(source);
    void this.#switch(source).finally(() => {
      this.#switching.delete(source);
      // There may be a connection again since the loop saw that there was none.
      if (this.#room?.isPublished(source) === !this.state.get()[source].wanted) this.#close(source);
    });
  }

  /** A press while a device starts is not lost: the loop looks again when it has started. */
  async #switch(source: MediaSource): Promise<void> {
    for (;;) {
      const room = this.#room;
      if (room === undefined) return;
      const { wanted } = this.state.get()[source];
      if (room.isPublished(source) === wanted) {
        this.#settled(source, wanted);
        return;
      }
      this.#set(source, { published: !wanted });
      try {
        await room.setPublished(source, wanted);
        if (room === this.#room && room.isPublished(source) !== wanted) throw new Error('No effect');
        if (room === this.#room) this.#switched(source, wanted);
      } catch (error) {
        if (room !== this.#room) continue;
        this.#failed(source, error);
        return;
      }
    }
  }

  #settled(source: MediaSource, published: boolean): void {
    this.#failures.delete(source);
    if (published) this.#worked.add(source);
    this.#set(source, { published, problem: undefined });
  }

  #switched(source: MediaSource, on: boolean): void {
    const said = texts.media.switched[source];
    if (this.#failures.has(source) && on) this.#news.notify(texts.media.onAgain[source]);
    else this.#news.announce(on ? said.on : said.off);
  }

  #failed(source: MediaSource, error: unknown): void {
    if (source === 'screen' && isScreenShareCancelled(error)) {
      this.#set(source, { wanted: false, published: false });
      return;
    }
    const { wanted } = this.state.get()[source];
    const problem = mediaProblemOf(error, this.#isSecure);
    const failures = this.#failures.get(source) ?? 0;
    this.#failures.set(source, failures + 1);
    if (!wanted || (this.#worked.has(source) && source !== 'screen' && !FINAL.includes(problem))) {
      this.#set(source, { problem });
      if (wanted && failures === 0) this.#news.notify(texts.media.tryingAgain[source], 'problem');
      this.#retry(source, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
      return;
    }
    this.#set(source, { wanted: false, published: false, problem });
    const { title, detail } = explainMediaProblem(problem, [source]);
    this.#news.notify(`${title}. ${detail}`, 'problem');
  }

  #retry(source: MediaSource, wait: number | undefined): void {
    const timer = setTimeout(() => {
      this.#timers.delete(source);
      this.#close(source);
    }, wait);
    this.#timers.set(source, timer);
  }

  #cancelRetry(source: MediaSource): void {
    clearTimeout(this.#timers.get(source));
    this.#timers.delete(source);
  }

  #set(source: MediaSource, changes: Partial<SourceState>): void {
    const state = this.state.get();
    const now = { ...state[source], ...changes };
    const { wanted, published, problem } = state[source];
    if (now.wanted === wanted && now.published === published && now.problem === problem) return;
    this.state.set({ ...state, [source]: now });
  }
}
