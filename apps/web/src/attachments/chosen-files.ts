import { ATTACHMENTS_OF_MESSAGE } from '@parley/contract';
import { Store } from '../lib/store.js';
import { FileUpload } from './file-upload.js';

/** Where one writes. */
export interface FilePlace {
  channelId: string;
  /** Null for the channel itself. */
  threadId: string | null;
}

const chosen = new Map<string, Store<readonly FileUpload[]>>();

/** Files that were chosen for the next message of a place. They go on uploading while one looks elsewhere. */
export function chosenFiles(place: FilePlace): Store<readonly FileUpload[]> {
  const key = `${place.channelId} ${place.threadId ?? ''}`;
  const known = chosen.get(key);
  if (known !== undefined) return known;
  const store = new Store<readonly FileUpload[]>([]);
  chosen.set(key, store);
  return store;
}

/** As many as a message takes; returns how many were left out. */
export function chooseFiles(place: FilePlace, files: readonly File[]): number {
  const store = chosenFiles(place);
  const room = ATTACHMENTS_OF_MESSAGE - store.get().length;
  const taken = files.filter(({ size }) => size > 0).slice(0, room);
  store.set([...store.get(), ...taken.map((file) => new FileUpload({ channelId: place.channelId, file }))]);
  return files.length - taken.length;
}

export function dropFile(place: FilePlace, upload: FileUpload): void {
  upload.cancel();
  const store = chosenFiles(place);
  store.set(store.get().filter((other) => other !== upload));
}

/** They belong to a message now. */
export function takeFiles(place: FilePlace): readonly FileUpload[] {
  const store = chosenFiles(place);
  const files = store.get();
  store.set([]);
  return files;
}
