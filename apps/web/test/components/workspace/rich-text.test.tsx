import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { MessageText } from '../../../src/messages/message-text.js';
import { showLanguage } from '../../../src/texts/language.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { LOOKS, show } from '../support/show.js';

afterEach(() => showLanguage('en'));

const nobody = () => undefined;
const COLUMNS = ['Dish', 'Who brings it along', 'Portions', 'Without milk', 'Remarks', 'Cold'];
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const TABLE = [
  row(COLUMNS),
  row(['---', ':--', '--:', ':-:', '---', '---']),
  row(['Soup', '**bob**', '12', 'yes', 'Donaudampfschifffahrtsgesellschaft', 'no']),
  row(['شوربة', 'נועה', '7', 'no', 'a \\| b', 'yes']),
].join('\n');
const CODE = '```ts\n// Greets\nconst greeting: string = `Hello ${"<b>"}`;\n```';

test('a table has its head, its columns and their sides', async () => {
  const screen = await show(<MessageText text={TABLE} nameOf={nobody} />);
  await expect.element(screen.getByRole('columnheader', { name: 'Portions' })).toBeVisible();
  expect(screen.getByRole('row').elements()).toHaveLength(3);
  await expect.element(screen.getByRole('cell', { name: '12' })).toHaveStyle({ textAlign: 'end' });
  await expect
    .element(screen.getByRole('cell', { name: 'yes' }).first())
    .toHaveStyle({ textAlign: 'center' });
  await expect.element(screen.getByRole('cell', { name: 'a | b' })).toBeVisible();
});

test('what a table is called follows the language', async () => {
  await showLanguage('de');
  const screen = await show(<MessageText text={TABLE} nameOf={nobody} />);
  await expect.element(screen.getByRole('group', { name: 'Tabelle' })).toBeVisible();
});

test('code has the colours of its language, and nothing of it becomes HTML', async () => {
  const screen = await show(<MessageText text={CODE} nameOf={nobody} />);
  const code = screen.getByTestId('highlighted');
  await expect.element(code).toHaveTextContent('// Greets const greeting: string = `Hello ${"<b>"}`;');
  const colours = ['const', '// Greets', 'string'].map((part) => {
    const found = [...code.element().querySelectorAll('[data-part]')].find((one) => one.textContent === part);
    return found && getComputedStyle(found).color;
  });
  expect(new Set(colours).size).toBe(3);
  expect(code.element().querySelector('b')).toBeNull();
});

test('code in no language, or one that is not known, is plain', async () => {
  const text = '```\nplain\n```\n\n```constructor\nstrange\n```\n\n```js\nlet known;\n```';
  const screen = await show(<MessageText text={text} nameOf={nobody} />);
  await expect.element(screen.getByText('known')).toBeVisible();
  expect(screen.getByTestId('highlighted').elements()).toHaveLength(1);
  await expect.element(screen.getByText('strange')).toBeVisible();
});

test.each(LOOKS.filter(({ width }) => width === 320 || width === 1280))(
  'a table and code at $width×$height $theme $direction',
  { timeout: 60_000 },
  async (look) => {
    const screen = await show(<MessageText text={`${TABLE}\n\n${CODE}`} nameOf={nobody} />, look);
    await expect.element(screen.getByTestId('highlighted')).toBeVisible();
    const table = page.getByRole('group', { name: 'Table' }).element();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(look.width);
    if (look.width === 320) expect(table.scrollWidth).toBeGreaterThan(table.clientWidth);
    // What is beyond the edge of the table is there to be scrolled to.
    expect(overflowing().filter((line) => !/<\/?(?:table|thead|tbody|tr|th|td|strong)/u.test(line))).toEqual(
      [],
    );
    expect(await accessibilityFindings()).toEqual([]);
  },
);
