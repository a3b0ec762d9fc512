/** Something the session has to say: shown for a moment and read out, or only read out. */
export interface NewsItem {
  text: string;
  shown: boolean;
  tone: 'neutral' | 'problem';
}

/** Carries what the session has to say to whichever part of the page says it. */
export class CallNews {
  readonly #listeners = new Set<(item: NewsItem) => void>();

  readonly subscribe = (listener: (item: NewsItem) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  notify(text: string, tone: NewsItem['tone'] = 'neutral'): void {
    this.#tell({ text, shown: true, tone });
  }

  announce(text: string): void {
    this.#tell({ text, shown: false, tone: 'neutral' });
  }

  #tell(item: NewsItem): void {
    for (const listener of this.#listeners) listener(item);
  }
}
