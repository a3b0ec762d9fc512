import type { Attachment } from '@parley/contract';
import { language } from '../texts/language.js';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Where a file is read. */
export function fileUrl({ id, name }: Pick<Attachment, 'id' | 'name'>): string {
  // That name is the small picture's.
  return `/api/v1/files/${id}/${name === 'thumbnail' ? 'file' : encodeURIComponent(name)}`;
}

/** The small picture of one, or the picture itself where it is small. */
export function smallUrl(attachment: Attachment): string {
  return attachment.thumbnail ? `/api/v1/files/${attachment.id}/thumbnail` : fileUrl(attachment);
}

/** In the unit that people would choose. */
export function sizeText(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  return new Intl.NumberFormat(language.get(), {
    ...{ style: 'unit', unit: UNITS[power] ?? 'byte', unitDisplay: power === 0 ? 'long' : 'short' },
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}

export type FileKind = 'picture' | 'video' | 'audio' | 'voice' | 'file';

/** How it is shown. A picture whose size nobody knows could not be read: it is a file. */
export function kindOf({ type, voice, width }: Attachment): FileKind {
  if (voice !== null) return 'voice';
  if (width !== null) return 'picture';
  if (/^video\/(mp4|webm|ogg|quicktime)$/.test(type)) return 'video';
  if (/^audio\/(mp4|mpeg|ogg|webm|wav|flac|aac)$/.test(type)) return 'audio';
  return 'file';
}
