import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { InspectFile } from '@parley/workspace';
import { typeOfFile } from './file-type.js';
import { PICTURE_TYPES, readPicture } from './picture.js';
import { stripLocation } from './strip-location.js';

/** So much of a file is looked at for text. */
const BEGINNING = 4096;
/** So much at a time is looked at for the place of a picture: more than a segment may have. */
const PART = 1024 * 1024;

/**
 * Looks into files by way of a folder, which is emptied first: libraries want to go back and forth in a file, and none is
 * whole in memory.
 */
export function fileInspector(folder: string): InspectFile {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return async (source, size) => {
    const path = join(folder, randomUUID());
    const dispose = () => rm(path, { force: true });
    try {
      await pipeline(source, createWriteStream(path, { mode: 0o600 }));
      const type = await typeOfFile(path, await readBeginning(path, BEGINNING));
      if (type === 'image/jpeg') await withoutLocation(path);
      const picture = PICTURE_TYPES.has(type) ? await readPicture(path, size) : undefined;
      const { width = null, height = null, thumbnail } = picture ?? {};
      return { type, width, height, thumbnail, size, content: () => createReadStream(path), dispose };
    } catch (error) {
      await dispose();
      throw error;
    }
  };
}

async function readBeginning(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    return await readInto(file, length, 0);
  } finally {
    await file.close();
  }
}

async function withoutLocation(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    for (let offset = 0; ;) {
      const part = await readInto(file, PART, offset);
      const isLast = part.length < PART;
      const { isChanged, next } = stripLocation(part, { isLast });
      if (isChanged) await file.write(part, 0, part.length, offset);
      if (isLast || next === undefined) return;
      offset += next;
    }
  } finally {
    await file.close();
  }
}

async function readInto(file: FileHandle, length: number, offset: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
