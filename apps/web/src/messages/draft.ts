const KEY = 'parley.draft.';

/** What is written and neither sent nor known to the server, kept in this browser for each person and place. */
export function loadUnsaved(me: string, channelId: string): string {
  try {
    return localStorage.getItem(keyOf(me, channelId)) ?? '';
  } catch {
    return '';
  }
}

export function saveUnsaved(me: string, channelId: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(keyOf(me, channelId));
    else localStorage.setItem(keyOf(me, channelId), text);
  } catch {
    // Storage can be full or forbidden; the draft then lasts as long as the field.
  }
}

function keyOf(me: string, channelId: string): string {
  return `${KEY}${me}.${channelId}`;
}
