import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, errorText, OperatorError } from './errors.js';

/** Makes the data folder; throws an OperatorError when nothing can be written into it. */
export function prepareDataFolder(folder: string): void {
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new OperatorError(
      `The data folder ${folder} cannot be written (${errorCode(error) ?? errorText(error)}): change its permissions or set data_dir (PARLEY_DATA_DIR)`,
    );
  }
}
