import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/opsz.css';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app.js';
import { startSession } from './call/start-session.js';
import { router } from './routes/router.js';
import { texts } from './texts/texts.js';

const container = document.getElementById('root');
if (container === null) throw new Error('The page has no element with the id "root".');

document.documentElement.lang = texts.language.lang;
document.documentElement.dir = texts.language.dir;

const call = startSession();
// Another address than that of the end of a call, or of the lobby from which one joins: neither is to come back.
router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
  // The first address of a page is not a change, and may be the way back after a reload.
  if (fromLocation !== undefined && pathChanged) call.session.dismiss();
});

createRoot(container).render(
  <StrictMode>
    <App call={call} />
  </StrictMode>,
);
