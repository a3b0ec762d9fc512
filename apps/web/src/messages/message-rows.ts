import type { Message } from '@parley/contract';

/** What stands in the list, from the oldest on. */
export type MessageRow =
  | { kind: 'day'; key: string; time: number }
  | { kind: 'new'; key: string }
  /** `isFirst`: under the author's name; those that follow soon stand below it without. */
  | { kind: 'message'; key: string; message: Message; isFirst: boolean };

const SOON_MS = 5 * 60_000;

/** @param firstNew Id of the message above which the line of what is new stands. */
export function rowsOf(messages: readonly Message[], firstNew: string | undefined): MessageRow[] {
  const rows: MessageRow[] = [];
  let before: Message | undefined;
  for (const message of messages) {
    const time = Date.parse(message.created_at);
    const isNewDay = before === undefined || dayOf(before) !== dayOf(message);
    if (isNewDay) rows.push({ kind: 'day', key: `day-${message.id}`, time });
    if (message.id === firstNew) rows.push({ kind: 'new', key: 'new' });
    const follows =
      before !== undefined &&
      !isNewDay &&
      message.id !== firstNew &&
      message.reply_to === null &&
      message.author !== null &&
      before.author?.id === message.author.id &&
      time - Date.parse(before.created_at) < SOON_MS;
    rows.push({ kind: 'message', key: message.id, message, isFirst: !follows });
    before = message;
  }
  return rows;
}

function dayOf({ created_at }: Message): string {
  return new Date(created_at).toDateString();
}
