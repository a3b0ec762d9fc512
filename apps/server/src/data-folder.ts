import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, errorText, OperatorError } from '@parley/core';

/** Makes the data folder; throws an OperatorError when nothing can be written into it. */
export function prepareDataFolder(folder: string): void {
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    makeFolder(folder);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new OperatorError(
      'data_folder_unwritable',
      `The data folder ${folder} cannot be written (${errorCode(error) ?? errorText(error)}): change its permissions or set data_dir (PARLEY_DATA_DIR)`,
    );
  }
}

/** Not by Node's `recursive`, which tries for ever where a file system takes no folders, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
