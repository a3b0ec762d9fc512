import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Tooltip } from 'radix-ui';
import '@fontsource-variable/inter/opsz.css';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app.js';
import { NoticesProvider } from './ui/notices.js';
import { PreferencesProvider } from './ui/preferences-provider.js';

const container = document.getElementById('root');
if (container === null) throw new Error('The page has no element with the id "root".');

createRoot(container).render(
  <StrictMode>
    <PreferencesProvider>
      <NoticesProvider>
        <Tooltip.Provider delayDuration={350} skipDelayDuration={200}>
          <App />
        </Tooltip.Provider>
      </NoticesProvider>
    </PreferencesProvider>
  </StrictMode>,
);
