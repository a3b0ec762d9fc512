import { expect, test } from 'vitest';
import { useNotices } from '../../src/ui/use-notices.js';
import { accessibilityFindings, overflowing } from './support/findings.js';
import { LOOKS, show } from './support/show.js';

/** A page whose header is as high as the call's. */
function Page({ texts }: { texts: readonly string[] }) {
  const { notify } = useNotices();
  return (
    <main>
      <button type="button" style={{ marginTop: 120 }} onClick={() => texts.forEach((text) => notify(text))}>
        Notify
      </button>
    </main>
  );
}

const LONG = 'عبد الرحمن بن محمد الأندلسي and Wolfeschlegelsteinhausenbergerdorff said: '.repeat(4);

test.each(LOOKS.filter(({ width }) => width === 320 || width === 640))(
  'a notice stays off faces, however long: $width $theme $direction',
  async (look) => {
    const screen = await show(<Page texts={[LONG]} />, look);
    await screen.getByRole('button', { name: 'Notify' }).click();
    const close = screen.getByRole('button', { name: 'Close this notice' });
    await expect.element(close).toBeVisible();
    const notice = close.element().parentElement?.getBoundingClientRect();
    expect(notice?.bottom, 'the header ends at 60').toBeLessThanOrEqual(60);
    expect(overflowing()).toEqual([]);
    expect(await accessibilityFindings()).toEqual([]);
  },
);

test('many notices take no more space than one, and are gone when it is closed', async () => {
  const screen = await show(<Page texts={['Ada joined', 'Bob joined', 'Eve joined']} />);
  await screen.getByRole('button', { name: 'Notify' }).click();
  const notices = screen.getByTestId('notices');
  await expect.element(notices).toHaveTextContent('Eve joined');
  expect(notices.element().childElementCount).toBe(1);
  await expect
    .element(screen.getByTestId('announcements'))
    .toHaveTextContent('Ada joinedBob joinedEve joined');
  await screen.getByRole('button', { name: 'Close this notice' }).click();
  await expect.element(notices).toBeEmptyDOMElement();
});
