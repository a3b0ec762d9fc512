import { useSyncExternalStore } from 'react';
import type { ReadableStore } from './store.js';

/** The value of a store, kept current. */
export function useStore<T>(store: ReadableStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
