import type { ByteRange } from '@parley/store';

/**
 * What of so many bytes a `Range` asks for (RFC 9110, 14.1): `all` of them where it is of another kind or of several pieces,
 * which need not be understood; undefined where nothing of it is there.
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'all' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return 'all';
  if (first === '') {
    const length = Number(last);
    return length === 0 ? undefined : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Number(last);
  if (start > end && last !== '') return 'all';
  return start >= size ? undefined : { start, end: Math.min(end, size - 1) };
}
