import { problem } from '@parley/contract';
import { ProblemError } from '../api/problem-error.js';

export interface PieceRequest {
  uploadId: string;
  offset: number;
  bytes: Blob;
  signal: AbortSignal;
  /** How many of the bytes have left. */
  onSent: (count: number) => void;
}

/** Brings the next bytes of an upload. By XMLHttpRequest, since `fetch` does not tell how much has left. */
export function sendPiece({ uploadId, offset, bytes, signal, onSent }: PieceRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const fail = (error: unknown) => {
      signal.removeEventListener('abort', abort);
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    request.open('PATCH', `/api/v1/uploads/${uploadId}`);
    request.setRequestHeader('content-type', 'application/offset+octet-stream');
    request.setRequestHeader('upload-offset', String(offset));
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onerror = () => fail(new ProblemError('unreachable', 'The bytes were not taken.'));
    request.onabort = () => fail(signal.reason);
    request.onload = () => {
      signal.removeEventListener('abort', abort);
      if (request.status === 204) resolve();
      else reject(problemOf(request));
    };
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) fail(signal.reason);
    else request.send(bytes);
  });
}

function problemOf({ status, responseText }: XMLHttpRequest): ProblemError {
  const stated = problem.safeParse(parsed(responseText));
  if (stated.success) return new ProblemError(stated.data.code, stated.data.title);
  // A proxy in between, or a server that waited too long for the bytes.
  const code = status >= 500 || status === 408 ? 'unavailable' : 'not_understood';
  return new ProblemError(code, `The server answered ${status}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
