/** Holds back all tabs of this browser but one, which has it until it is closed. @returns stops waiting, or gives it up. */
export function beTheOneTab(name: string, onBegin: () => void): () => void {
  const end = new AbortController();
  const held = new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve()));
  navigator.locks
    .request(name, { signal: end.signal }, () => {
      onBegin();
      return held;
    })
    // Given up before it was had.
    .catch(() => undefined);
  return () => end.abort();
}
