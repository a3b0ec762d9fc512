import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FolderLock } from './folder-lock.js';

/** An empty database, made when Parley was built: making one takes seconds. */
const TEMPLATE = fileURLToPath(new URL('../../build/template/', import.meta.url));
/** Major version of the PostgreSQL that is embedded. */
const POSTGRES_VERSION = '18';
/** The path of a socket may have so many bytes (unix(7); fewer on macOS). */
const LONGEST_SOCKET_PATH = 103;

/** Takes a folder for this process, and makes an empty database in it where there is none. */
export async function prepareDatabaseFolder(folder: string): Promise<FolderLock> {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  const socket = `${folder}.lock`;
  if (Buffer.byteLength(socket) > LONGEST_SOCKET_PATH) {
    throw new Error(`the path ${socket} is too long: choose a shorter data_dir (PARLEY_DATA_DIR)`);
  }
  const lock = await FolderLock.take(socket);
  if (lock === undefined) {
    throw new Error(`another Parley uses ${folder}: end it, or set another data_dir (PARLEY_DATA_DIR)`);
  }
  const version = versionIn(folder);
  if (version === undefined) copyTemplate(folder);
  else if (version !== POSTGRES_VERSION) {
    throw new Error(
      `${folder} is of PostgreSQL ${version}, and this Parley has ${POSTGRES_VERSION}: start the Parley that made it, or set another data_dir (PARLEY_DATA_DIR)`,
    );
  }
  return lock;
}

function versionIn(folder: string): string | undefined {
  const file = join(folder, 'PG_VERSION');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** All of it or nothing: a copy that was broken off is not taken for a database. */
function copyTemplate(folder: string): void {
  if (!existsSync(TEMPLATE)) return;
  const copy = `${folder}.new`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(TEMPLATE, copy, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(copy, folder);
}
