import { choice, fromVariable, integer, isHttpUrl, secret, section, text } from '@parley/core/config';

const GIB = 1024 * 1024 * 1024;

/** Where files are kept: in the data folder, or with a bucket in S3. */
export const blobsSection = section({
  /** Absent: files are kept in the data folder. */
  bucket: fromVariable('S3_BUCKET', text('the name of a bucket')).optional(),
  /** Absent: Amazon's of the region. */
  endpoint: fromVariable(
    'S3_ENDPOINT',
    text('a URL such as https://s3.example.org').refine(isHttpUrl, {
      error: 'a URL such as https://s3.example.org',
    }),
  ).optional(),
  region: fromVariable('S3_REGION', text('the name of a region')).default('us-east-1'),
  path_style: fromVariable('S3_PATH_STYLE', choice(['on', 'off'])).default('off'),
  access_key: fromVariable('S3_ACCESS_KEY_ID', text('the id of a key')).optional(),
  secret_key: fromVariable('S3_SECRET_ACCESS_KEY', secret(text('the secret of the key'))).optional(),
})
  .refine(({ bucket, access_key }) => bucket === undefined || access_key !== undefined, {
    path: ['access_key'],
    error: 'the id of a key, as there is a bucket',
  })
  .refine(({ bucket, secret_key }) => bucket === undefined || secret_key !== undefined, {
    path: ['secret_key'],
    error: 'the secret of the key, as there is a bucket',
  });

/** What may be stored. */
export const fileLimits = {
  /** Bytes of one file; one request carries no more than this to S3. */
  file_bytes: integer(1, 5 * GIB).default(104_857_600),
  /** Bytes of all files; absent: as many as there is room for. */
  stored_bytes: integer(1, Number.MAX_SAFE_INTEGER).optional(),
};
