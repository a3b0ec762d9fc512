/** What somebody who was invited pastes: the code in it, or why there is none. */
export type PastedInvite = { code: string } | { wrong: 'otherServer' | 'noLink' };

const CODE = /^[\w-]{16}$/u;

/** @param origin of this server's pages. */
export function inviteIn(text: string, origin: string): PastedInvite {
  const given = text.trim();
  if (CODE.test(given)) return { code: given };
  if (!URL.canParse(given)) return { wrong: 'noLink' };
  const link = new URL(given);
  const code = /^\/invite\/([^/]+)\/*$/u.exec(link.pathname)?.[1] ?? '';
  if (!CODE.test(code)) return { wrong: 'noLink' };
  return link.origin === origin ? { code } : { wrong: 'otherServer' };
}
