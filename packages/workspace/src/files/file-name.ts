const MOST = 200;
/** Nobody chooses these, and they hide what a name is: controls, directions, what is invisible, halves of characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** A character that carries more marks than this covers its neighbours. */
const TOWER = /(\p{M}{4})\p{M}+/gu;
/** They mean something to a shell or a file system, somewhere. */
const SPECIAL = /[<>:"|?*]/g;

/** A name that can be shown and saved: of its path the end, in NFC, without what would show it as another one. */
export function cleanFileName(given: string): string {
  const name = (given.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '')
    .normalize('NFC')
    .replaceAll(HIDDEN, '')
    .replaceAll(TOWER, '$1')
    .replaceAll(SPECIAL, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  return name === '' ? 'file' : shortened(name);
}

/** What it ends with says what it is, and stays. */
function shortened(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= MOST) return name;
  const ending = Array.from(/\.[^.]{1,16}$/.exec(name)?.[0] ?? '');
  return [...characters.slice(0, MOST - ending.length), ...ending].join('');
}
