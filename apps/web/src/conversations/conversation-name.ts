import type { Conversation, Person } from '@parley/contract';
import { shownName } from '../people/shown-name.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { language } from '../texts/language.js';

type Named = Pick<Conversation, 'kind' | 'name' | 'members'>;

/** All who are in it but oneself. */
export function othersIn({ members }: Pick<Conversation, 'members'>, me: string): Person[] {
  return members.filter(({ id }) => id !== me);
}

/** The name that it was given, or those of the others. */
export function conversationName(conversation: Named, me: string): string {
  const { kind, name } = conversation;
  if (name !== '') return name;
  const others = othersIn(conversation, me).map(shownName);
  // Whoever else was in it has no account any more.
  if (others.length === 0) return kind === 'direct' ? conversationTexts.gone : conversationTexts.onlyYou;
  return new Intl.ListFormat(language.get(), { style: 'short', type: 'conjunction' }).format(others);
}
