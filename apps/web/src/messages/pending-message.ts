import type { ReplyPreview } from '@parley/contract';
import type { FileUpload } from '../attachments/file-upload.js';
import type { Chosen } from './mention-text.js';

/** A message on its way. */
export interface PendingMessage {
  /** By which the server knows it, however often it is sent. */
  nonce: string;
  text: string;
  /** They may still be on their way, too. */
  files: readonly FileUpload[];
  /** What names in the text stand for. */
  chosen: Chosen;
  /** The message that it answers. */
  replyTo: ReplyPreview | null;
  /** Milliseconds since 1970. */
  time: number;
  state: 'sending' | 'failed';
  /** Why it has failed. */
  error?: unknown;
}

/** What is to be sent. */
export type Outgoing = Omit<PendingMessage, 'state' | 'error'>;

/** With a message that is sent, for the first time or again. */
export function sending(
  pending: readonly PendingMessage[],
  { nonce, text, files, chosen, replyTo, time }: Outgoing,
): PendingMessage[] {
  const message: PendingMessage = { nonce, text, files, chosen, replyTo, time, state: 'sending' };
  const known = pending.findIndex((other) => other.nonce === nonce);
  return known < 0 ? [...pending, message] : pending.with(known, message);
}

/** With one that did not get through; nothing where an event has told that it did. */
export function failed(pending: readonly PendingMessage[], nonce: string, error: unknown): PendingMessage[] {
  return pending.map((message) =>
    message.nonce === nonce ? { ...message, state: 'failed', error } : message,
  );
}

export function settled(pending: readonly PendingMessage[], nonce: string): PendingMessage[] {
  return pending.filter((message) => message.nonce !== nonce);
}
