import type { BlobStore } from '@parley/store';
import type { ServiceOptions } from '../service-options.js';

/** A file that was looked into, and whatever has to be kept of it. */
export interface Inspected {
  /** By its bytes. */
  type: string;
  /** Pixels of a picture as it is shown, the way round it is held. */
  width: number | null;
  height: number | null;
  /** What is kept: the file without what tells where its picture was taken. */
  size: number;
  content: () => AsyncIterable<Uint8Array>;
  thumbnail: Uint8Array | undefined;
  /** What it took is given back. */
  dispose: () => Promise<void>;
}

/** Looks into a file of so many bytes. */
export type InspectFile = (source: AsyncIterable<Uint8Array>, size: number) => Promise<Inspected>;

export interface FileOptions extends ServiceOptions {
  blobs: BlobStore;
  inspect: InspectFile;
  limits: {
    /** Bytes of one file. */
    fileBytes: number;
    /** Bytes of all that is stored; absent: as the place of blobs takes. */
    storedBytes?: number | undefined;
  };
}

/** Milliseconds after which what was uploaded and not sent, or begun and not ended, is deleted. */
export const UNUSED_FOR = 86_400_000;
