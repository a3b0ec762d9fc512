import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/opsz.css';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app.js';
import { startSession } from './call/start-session.js';
import { loadPreferences } from './lib/preferences.js';
import { router } from './routes/router.js';
import { languageFor, showLanguage } from './texts/language.js';

const container = document.getElementById('root');
if (container === null) throw new Error('The page has no element with the id "root".');

const call = startSession();
router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
  // The first address of a page is not a change, and may be the way back after a reload.
  if (fromLocation !== undefined && pathChanged) call.session.pageLeft();
});

// Without its texts the page is in English; what is shown first is not to change under one's eyes.
await showLanguage(languageFor(loadPreferences(localStorage).language, navigator.languages)).catch(
  () => undefined,
);

createRoot(container).render(
  <StrictMode>
    <App call={call} />
  </StrictMode>,
);
