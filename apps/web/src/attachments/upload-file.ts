import { PIECE_BYTES, type Attachment, type Upload, type UploadRequest } from '@parley/contract';
import { ProblemError } from '../api/problem-error.js';
import type { PieceRequest } from './send-piece.js';

/** What uploading stands on: the server, and time. */
export interface UploadPorts {
  begin: (request: UploadRequest) => Promise<Upload>;
  state: (input: { id: string }) => Promise<Upload>;
  send: (piece: PieceRequest) => Promise<void>;
  /** Rejects when it is aborted. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  now: () => number;
}

export interface UploadWish {
  request: UploadRequest;
  file: Blob;
  /** Of an upload that was begun before. */
  uploadId: string | undefined;
  signal: AbortSignal;
  onBegun: (uploadId: string) => void;
  /** How many bytes are there. */
  onProgress: (count: number) => void;
}

const FIRST_PIECE = 256 * 1024;
/** Milliseconds that a piece shall take: far less than the server waits for one. */
const PIECE_TIME = 3000;
/** Milliseconds before it is tried again; the last one counts for all that follow. */
const PAUSES = [500, 1000, 2000, 5000, 10_000];
/** So often in a row it is tried again before somebody is asked: some five minutes. */
const TRIES = 30;

/** Brings a file to the server, piece by piece, and goes on where it stopped when the connection was lost. */
export async function uploadFile(wish: UploadWish, ports: UploadPorts): Promise<Attachment> {
  const { request, file, signal, onBegun, onProgress } = wish;
  let { uploadId } = wish;
  let offset = 0;
  let piece = FIRST_PIECE;
  let isUnsure = uploadId !== undefined;
  for (let failures = 0; ;) {
    try {
      signal.throwIfAborted();
      if (uploadId === undefined) {
        uploadId = (await ports.begin(request)).id;
        onBegun(uploadId);
      }
      if (isUnsure) {
        const { offset: there, attachment } = await ports.state({ id: uploadId });
        if (attachment !== null) return attachment;
        offset = there;
        isUnsure = false;
      }
      const bytes = file.slice(offset, offset + piece);
      const began = ports.now();
      await ports.send({ uploadId, offset, bytes, signal, onSent: (count) => onProgress(offset + count) });
      offset += bytes.size;
      onProgress(offset);
      piece = nextPiece(piece, ports.now() - began);
      failures = 0;
      isUnsure = offset >= file.size;
    } catch (error) {
      // Who gave it up is not waited for.
      signal.throwIfAborted();
      failures += 1;
      if (failures > TRIES || !heals(error)) throw error;
      isUnsure = uploadId !== undefined;
      piece = FIRST_PIECE;
      await ports.wait(PAUSES[Math.min(failures, PAUSES.length) - 1] ?? 0, signal);
    }
  }
}

/** So many bytes as take the time that a piece shall take. */
function nextPiece(size: number, took: number): number {
  const fitting = size * (PIECE_TIME / Math.max(took, 1));
  return Math.round(Math.max(FIRST_PIECE / 4, Math.min(fitting, size * 2, PIECE_BYTES)));
}

/** Whether the same may succeed later: nothing is wrong with the file. `conflict`: it is elsewhere than was thought. */
function heals(error: unknown): boolean {
  return (
    error instanceof ProblemError &&
    ['unreachable', 'unavailable', 'internal', 'too_many_requests', 'conflict'].includes(error.code)
  );
}
