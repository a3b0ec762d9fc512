import type { Attachment, Voice } from '@parley/contract';
import { filesApi } from '../api/files.js';
import { Store } from '../lib/store.js';
import { sendPiece } from './send-piece.js';
import { uploadFile, type UploadPorts } from './upload-file.js';

export type UploadState =
  | { kind: 'uploading'; sent: number }
  | { kind: 'done'; attachment: Attachment }
  | { kind: 'failed'; error: unknown };

export interface FileToUpload {
  channelId: string;
  file: File;
  voice?: Voice;
}

const PORTS: UploadPorts = {
  begin: (request) => filesApi.begin(request),
  state: (input) => filesApi.state(input),
  send: sendPiece,
  wait: waitFor,
  now: () => performance.now(),
};

let keys = 0;

/** One file on its way, from when it was chosen until it is sent or taken away. */
export class FileUpload {
  readonly key = `file-${(keys += 1)}`;
  readonly file: File;
  readonly voice: Voice | undefined;
  /** Shown before the server has it; undefined for what is no picture. */
  readonly preview: string | undefined;
  readonly state = new Store<UploadState>({ kind: 'uploading', sent: 0 });
  readonly #channelId: string;
  readonly #ports: UploadPorts;
  readonly #ending = new AbortController();
  #uploadId: string | undefined;
  #running: Promise<Attachment>;

  constructor({ channelId, file, voice }: FileToUpload, ports = PORTS) {
    this.#channelId = channelId;
    this.file = file;
    this.voice = voice;
    this.preview = isPicture(file) ? URL.createObjectURL(file) : undefined;
    this.#ports = ports;
    this.#running = this.#run();
  }

  /** What it became; one that has failed is tried again. */
  attachment(): Promise<Attachment> {
    if (this.state.get().kind === 'failed') this.#running = this.#run();
    return this.#running;
  }

  /** Takes it away, from the server too. */
  cancel(): void {
    this.#ending.abort();
    this.forget();
    const id = this.#uploadId;
    // What is not ended now is ended after a day.
    if (id !== undefined) void filesApi.cancel({ id }).catch(() => undefined);
  }

  /** Its preview is not shown any more. */
  forget(): void {
    if (this.preview !== undefined) URL.revokeObjectURL(this.preview);
  }

  #run(): Promise<Attachment> {
    const { file, voice = null } = this;
    this.state.set({ kind: 'uploading', sent: 0 });
    const running = uploadFile(
      {
        ...{ file, uploadId: this.#uploadId, signal: this.#ending.signal },
        request: { channel_id: this.#channelId, name: file.name, size: file.size, alt: '', voice },
        onBegun: (id) => (this.#uploadId = id),
        onProgress: (sent) => this.state.set({ kind: 'uploading', sent }),
      },
      this.#ports,
    );
    running.then(
      (attachment) => this.state.set({ kind: 'done', attachment }),
      (error: unknown) => {
        // One that the server has forgotten is begun anew.
        this.#uploadId = undefined;
        this.state.set({ kind: 'failed', error });
      },
    );
    return running;
  }
}

function isPicture({ type }: File): boolean {
  return /^image\/(jpeg|png|gif|webp|avif)$/.test(type);
}

function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      if (signal.aborted) reject(new DOMException('The upload was taken away.', 'AbortError'));
      else resolve();
    };
    const timer = setTimeout(done, milliseconds);
    // The connection is back.
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
