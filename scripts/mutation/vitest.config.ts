import { defineConfig } from 'vitest/config';

/** Offsets of what is replaced in `file`, as the mutation run hands them over. */
interface Mutation {
  file: string;
  start: number;
  end: number;
  replacement: string;
}

const mutation = JSON.parse(process.env.PARLEY_MUTATION ?? 'null') as Mutation | null;

/** The unit tests with one mistake in one source file, which stays as it is on disk. */
export default defineConfig({
  root: process.cwd(),
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  plugins: [
    {
      name: 'mutation',
      enforce: 'pre',
      transform(code, id) {
        if (mutation === null || id.split('?')[0] !== mutation.file) return undefined;
        return code.slice(0, mutation.start) + mutation.replacement + code.slice(mutation.end);
      },
    },
  ],
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    reporters: ['dot'],
    bail: 1,
    maxWorkers: 1,
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
  },
});
