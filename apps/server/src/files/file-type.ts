import { fileTypeFromFile } from 'file-type';

/** Other names of types, as browsers know them. */
const NAMES: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'video/x-m4v': 'video/mp4',
  'image/apng': 'image/png',
};

/** The type of a file by its bytes: whatever it is called. Text is `text/plain`, be it HTML or a script. */
export async function typeOfFile(path: string, beginning: Uint8Array): Promise<string> {
  const mime = (await fileTypeFromFile(path))?.mime;
  if (mime !== undefined) return NAMES[mime] ?? mime;
  return isText(beginning) ? 'text/plain' : 'application/octet-stream';
}

/** UTF-8 without control characters, whose last character may go on. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return !/[^\P{Cc}\t\n\r\f]/u.test(text);
  } catch {
    return false;
  }
}
