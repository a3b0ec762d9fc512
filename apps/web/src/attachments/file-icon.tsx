import { File, FileArchive, FileAudio, FileImage, FileSpreadsheet, FileText, FileVideo } from 'lucide-react';
import { createElement } from 'react';

/** A picture of a kind of file. */
export function FileIcon({ type, size = 22 }: { type: string; size?: number }) {
  return createElement(iconOf(type), { size, 'aria-hidden': true });
}

function iconOf(type: string) {
  if (type.startsWith('image/')) return FileImage;
  if (type.startsWith('video/')) return FileVideo;
  if (type.startsWith('audio/')) return FileAudio;
  if (/spreadsheet|excel|csv/.test(type)) return FileSpreadsheet;
  if (/zip|compressed|tar|gzip|rar/.test(type)) return FileArchive;
  if (/^text\/|pdf|word|document|xml|json/.test(type)) return FileText;
  return File;
}
