import type { ReplyPreview } from '@parley/contract';
import type { WorkspaceEvent } from '../events.js';

/** What is left of what is quoted, or passed on. */
const GONE = { text: '', files: 0, deleted: true };
const NO_NAMES = { people: [], role_ids: [] };
const NOBODY = { ...NO_NAMES, everyone: null };

/** As who may not read what was written before is told of it; undefined where that is all of it. */
export function withoutQuote(event: WorkspaceEvent): WorkspaceEvent | undefined {
  if (event.type !== 'message_created') return undefined;
  const { message } = event.payload;
  if (message.reply_to === null) return undefined;
  const reply_to = { ...message.reply_to, text: '', mentions: NO_NAMES };
  return { ...event, payload: { ...event.payload, message: { ...message, reply_to } } };
}

/** As it is told from the time on at which a message is deleted. */
export function withoutMessage(event: WorkspaceEvent, messageId: string): WorkspaceEvent {
  if (event.type === 'message_edited' && event.payload.id === messageId) {
    return { ...event, payload: { ...event.payload, text: '', mentions: NOBODY } };
  }
  if (event.type !== 'message_created') return event;
  const { message, nonce } = event.payload;
  if (message.id === messageId) {
    const gone = {
      text: '',
      deleted: true,
      mentions: NOBODY,
      reply_to: null,
      forwarded: null,
      attachments: [],
    };
    return { ...event, payload: { message: { ...message, ...gone }, nonce } };
  }
  const reply_to = withoutText(message.reply_to, messageId);
  const forwarded =
    message.forwarded?.id === messageId
      ? { ...message.forwarded, ...GONE, attachments: [] }
      : message.forwarded;
  if (reply_to === message.reply_to && forwarded === message.forwarded) return event;
  return { ...event, payload: { message: { ...message, reply_to, forwarded }, nonce } };
}

function withoutText(preview: ReplyPreview | null, messageId: string): ReplyPreview | null {
  return preview?.id === messageId ? { ...preview, ...GONE, mentions: NO_NAMES } : preview;
}
