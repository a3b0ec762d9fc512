import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { render, type RenderResult } from 'vitest-browser-react';
import { page } from 'vitest/browser';
import { NoticesProvider } from '../../../src/ui/notices.js';
import { PreferencesProvider } from '../../../src/ui/preferences-provider.js';

export interface Look {
  width: number;
  height: number;
  theme: 'light' | 'dark';
  direction: 'ltr' | 'rtl';
}

const SIZES = [
  [320, 568],
  [390, 844],
  [820, 1180],
  [1280, 800],
  [640, 400],
] as const;

/** Every size in which the page is used, in both themes and both writing directions. */
export const LOOKS: Look[] = SIZES.flatMap(([width, height]) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['ltr', 'rtl'] as const).map((direction) => ({ width, height, theme, direction })),
  ),
);

/** Shows a component as the page would, at a size, in a theme and a writing direction. */
export async function show(component: ReactNode, look: Partial<Look> = {}): Promise<RenderResult> {
  const { width, height, theme, direction } = {
    width: 1280,
    height: 800,
    theme: 'light',
    direction: 'ltr',
    ...look,
  };
  await page.viewport(width, height);
  document.documentElement.dir = direction;
  const result = await render(component, {
    wrapper: ({ children }) => (
      <PreferencesProvider>
        <NoticesProvider>
          <Tooltip.Provider>{children}</Tooltip.Provider>
        </NoticesProvider>
      </PreferencesProvider>
    ),
  });
  // The provider has set the theme of the preferences.
  document.documentElement.dataset.theme = theme;
  return result;
}
