import type { KeyboardEvent } from 'react';
import { actionOf } from '../lib/shortcuts.js';
import { MESSAGE_SHORTCUTS, type MessageKey } from '../lib/workspace-shortcuts.js';

const MESSAGES = '[data-message]';

/** What a key means to the message that has the focus itself, and not something in it. */
export function messageKey({
  nativeEvent,
  target,
  currentTarget,
}: KeyboardEvent<HTMLElement>): MessageKey | undefined {
  return target === currentTarget ? actionOf(nativeEvent, MESSAGE_SHORTCUTS) : undefined;
}

/** Arrows lead from the list to its last message, and from one message to the other. */
export function walkMessages(event: KeyboardEvent<HTMLElement>): void {
  const { key, target, currentTarget: list } = event;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
  const messages = [...list.querySelectorAll<HTMLElement>(MESSAGES)];
  const at = messages.findIndex((message) => message === target);
  if (at === -1 && target !== list) return;
  const next = at === -1 ? messages.at(-1) : messages[key === 'ArrowUp' ? at - 1 : at + 1];
  if (next === undefined) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
