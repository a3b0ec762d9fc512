import { RouterProvider } from '@tanstack/react-router';
import { Tooltip } from 'radix-ui';
import { CallContext, type CallContext as Call } from './call/use-call.js';
import { router } from './routes/router.js';
import { NoticesProvider } from './ui/notices.js';
import { PreferencesProvider } from './ui/preferences-provider.js';
import { Translated } from './ui/translated.js';

/** The page: what all of its routes share. */
export function App({ call }: { call: Call }) {
  return (
    <CallContext value={call}>
      <PreferencesProvider>
        <Translated>
          <NoticesProvider>
            <Tooltip.Provider delayDuration={350} skipDelayDuration={200}>
              <RouterProvider router={router} />
            </Tooltip.Provider>
          </NoticesProvider>
        </Translated>
      </PreferencesProvider>
    </CallContext>
  );
}
