import { afterEach, expect, test } from 'vitest';
import { texts } from '../../src/texts/texts.js';
import { showLanguage } from '../../src/texts/language.js';
import { LanguageMenu } from '../../src/ui/language-menu.js';
import { Translated } from '../../src/ui/translated.js';
import { show } from './support/show.js';

afterEach(async () => {
  localStorage.clear();
  await showLanguage('en');
});

function Page() {
  return (
    <main>
      <LanguageMenu />
      <p>{texts.lobby.title}</p>
    </main>
  );
}

test('a language that is chosen is shown at once, and kept', async () => {
  const page = (
    <Translated>
      <Page />
    </Translated>
  );
  const screen = await show(page);
  await expect.element(screen.getByText('Talk with your team')).toBeVisible();
  await screen.getByRole('button', { name: 'Language' }).click();
  await screen.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await expect.element(screen.getByText('Sprich mit deinem Team')).toBeVisible();
  expect(document.documentElement.lang).toBe('de');

  await screen.unmount();
  await showLanguage('en');
  const again = await show(page);
  await expect.element(again.getByText('Sprich mit deinem Team')).toBeVisible();
});
