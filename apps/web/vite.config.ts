import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { compressed } from './vite-compressed.js';

/** Where `npm run dev` finds a running Parley server. */
const SERVER = 'http://localhost:8045';

export default defineConfig({
  plugins: [
    react(),
    compressed({ pages: ['/src/lobby/lobby.tsx', '/src/workspace/workspace.tsx'], firstLoadLimit: 200_000 }),
  ],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    // Every browser in this list knows light-dark(), on which the themes are built.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // In one piece: every part of the workspace stands on it, and pieces compress worse.
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: 'queries', test: /@tanstack\/(?:query-core|react-query)\// }],
        },
      },
    },
  },
  server: {
    proxy: {
      '/rtc': { target: SERVER, ws: true },
      '/api': { target: SERVER },
    },
  },
});
