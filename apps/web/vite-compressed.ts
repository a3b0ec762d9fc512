import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** What is text; fonts and pictures are compressed already. */
const TEXT = /\.(?:js|css|json|html|svg|webmanifest)$/u;

export interface CompressedOptions {
  /** Modules with which pages begin, each loaded by itself after the script that all share. */
  pages: readonly string[];
  /** Most bytes, compressed by gzip, of the scripts with which one of them begins. */
  firstLoadLimit: number;
}

/** Writes a compressed copy beside each built file, for the server to send, and refuses a page that has grown heavy. */
export function compressed({ pages, firstLoadLimit }: CompressedOptions): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const sizes = new Map(chunks.map(({ fileName, code }) => [fileName, gzipSync(code).length]));
      for (const page of pages) {
        const begins = chunks.filter(
          ({ isEntry, moduleIds }) => isEntry || moduleIds.some((id) => id.endsWith(page)),
        );
        if (begins.length < 2) this.error(`${page} is not loaded by itself.`);
        const size = [...loadedWith(begins, chunks)].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
        if (size > firstLoadLimit) {
          this.error(
            `${page} begins with ${size} bytes of script, compressed, and ${firstLoadLimit} are allowed: load later what ` +
              'its first view does without, or raise firstLoadLimit in vite.config.ts.',
          );
        }
        this.info(`${page} begins with ${size} bytes of script, compressed`);
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

/** The files of some chunks and of all that these import. */
function loadedWith(
  begins: readonly Rolldown.OutputChunk[],
  chunks: readonly Rolldown.OutputChunk[],
): Set<string> {
  const names = new Set(begins.map(({ fileName }) => fileName));
  for (const name of names) {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    for (const imported of chunk?.imports ?? []) names.add(imported);
  }
  return names;
}
