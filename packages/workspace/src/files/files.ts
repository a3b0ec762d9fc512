import type { FileOptions } from './file-options.js';
import { FileService } from './file-service.js';
import { FileSweeper } from './file-sweeper.js';
import { UploadService } from './upload-service.js';

export type Files = ReturnType<typeof fileServices>;

/** Every service of files. */
export function fileServices(options: FileOptions) {
  return {
    uploads: new UploadService(options),
    files: new FileService(options),
    sweeper: new FileSweeper(options),
  };
}
