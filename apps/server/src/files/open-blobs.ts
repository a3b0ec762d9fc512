import { join } from 'node:path';
import { DiskBlobs, S3Blobs } from '@parley/store';
import type { BlobStore } from '@parley/store';
import type { Config } from '../config/schema.js';

/** The place of files that the configuration names. */
export function openBlobs({ blobs, data_dir }: Pick<Config, 'blobs' | 'data_dir'>): BlobStore {
  const { bucket, endpoint, region, path_style, access_key, secret_key } = blobs;
  if (bucket === undefined || access_key === undefined || secret_key === undefined) {
    return new DiskBlobs(join(data_dir, 'blobs'));
  }
  const pathStyle = path_style === 'on';
  const keys = { accessKeyId: access_key, secretAccessKey: secret_key };
  return new S3Blobs({ bucket, endpoint, region, pathStyle, ...keys });
}
