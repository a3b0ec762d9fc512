import { playwright } from '@vitest/browser-playwright';
import react from '@vitejs/plugin-react';
import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Workspace packages are tested from their sources: no build stands between an edit and its test. */
const shared = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
};

/** The machine's own Chromium: none is downloaded. */
const chromium =
  process.env.CHROME_PATH ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((place) =>
    existsSync(place),
  );

/** Minutes of a network, computed: how long that takes says nothing of what it tests. */
const SIMULATIONS = 'packages/*/test/**/*.simulation.test.ts';

export default defineConfig({
  test: {
    reporters: ['default', './scripts/summary-reporter.ts'],
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: [
            'packages/*/test/**/*.test.ts',
            'apps/*/test/**/*.test.ts',
            'bench/test/**/*.test.ts',
            'e2e/test/**/*.test.ts',
            'scripts/test/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', SIMULATIONS],
          // Fuzzing takes its time where other things run beside it.
          testTimeout: 30_000,
          // Stylesheets are read as they are, not as nothing.
          css: true,
        },
      },
      {
        ...shared,
        test: { name: 'simulation', include: [SIMULATIONS], testTimeout: 0 },
      },
      {
        plugins: [react()],
        // Found once, before the first test: finding one in the middle of a test would load the page anew.
        optimizeDeps: {
          include: [
            ...['react', 'react-dom/client', 'radix-ui', 'lucide-react', 'livekit-client'],
            ...['@tanstack/react-query', '@tanstack/react-router', 'markdown-it'],
          ],
        },
        test: {
          name: 'components',
          include: ['apps/web/test/components/**/*.test.tsx'],
          setupFiles: ['apps/web/test/components/support/setup.ts'],
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({
              launchOptions: {
                ...(chromium === undefined ? {} : { executablePath: chromium }),
                args: ['--no-sandbox', '--disable-gpu'],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['e2e/integration/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'soak',
          include: ['e2e/soak/**/*.test.ts'],
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          include: ['e2e/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
