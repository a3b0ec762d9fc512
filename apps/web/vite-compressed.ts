import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What is text; fonts and pictures are compressed already. */
const TEXT = /\.(?:js|css|html|svg|webmanifest)$/u;

export interface CompressedOptions {
  /** Most bytes, compressed by gzip, of the script with which every page begins. */
  firstScriptLimit: number;
}

/** Writes a compressed copy beside each built file, for the server to send, and refuses a page that has grown heavy. */
export function compressed({ firstScriptLimit }: CompressedOptions): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !file.isEntry) continue;
        const size = gzipSync(file.code).length;
        if (size > firstScriptLimit) {
          this.error(
            `${file.fileName} has ${size} bytes compressed, and ${firstScriptLimit} are allowed: load later what the ` +
              'first page does without, or raise firstScriptLimit in vite.config.ts.',
          );
        }
      }
    },
    writeBundle({ dir }) {
      if (dir === undefined) return;
      const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
      for (const path of names.filter((name) => TEXT.test(name)).map((name) => join(dir, name))) {
        const content = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(content));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
