import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { ChatMessage } from '../../src/chat/chat-message.js';
import { Store } from '../../src/lib/store.js';
import { ChatPanel } from '../../src/chat/chat-panel.js';
import { accessibilityFindings, overflowing } from './support/findings.js';
import { LOOKS, show } from './support/show.js';

const message = (id: number, text: string): ChatMessage => ({
  id: String(id),
  identity: `p${Math.floor(id / 2)}`,
  name: id % 4 < 2 ? 'Ada Lovelace' : 'عبد الرحمن بن محمد الأندلسي الطويل الاسم جدا جدا',
  text,
  time: 1_700_000_000_000 + id * 1000,
  isOwn: id % 6 === 5,
  state: 'sent',
});

const TEXTS = ['Hello', 'مرحبا بكم جميعا 123', 'x'.repeat(200), 'See (https://example.org/a_(b)) and שלום'];
const messages = Array.from({ length: 8 }, (_, i) => message(i, TEXTS[i % TEXTS.length] ?? ''));
const none = () => undefined;

function panel(shown: readonly ChatMessage[], draft = new Store(''), onSend: (text: string) => void = none) {
  return (
    <main style={{ display: 'flex', flexDirection: 'column', width: 'min(360px, 100vw)', height: '90vh' }}>
      <ChatPanel messages={shown} draft={draft} onSend={onSend} onRetry={none} />
    </main>
  );
}

test.each(LOOKS.filter(({ width }) => width === 320 || width === 1280))(
  'messages of all sorts fit: $width $theme $direction',
  async (look) => {
    await show(panel(messages), look);
    expect(overflowing()).toEqual([]);
    expect(await accessibilityFindings()).toEqual([]);
  },
);

test('a half-written message is there when the panel is opened again', async () => {
  const draft = new Store('');
  const sent: string[] = [];
  const screen = await show(panel(messages, draft, (text) => sent.push(text)));
  await userEvent.type(screen.getByRole('textbox'), 'half a thought');
  await screen.rerender(<main />);
  await screen.rerender(panel(messages, draft, (text) => sent.push(text)));
  await expect.element(screen.getByRole('textbox')).toHaveValue('half a thought');
  await userEvent.type(screen.getByRole('textbox'), '{Enter}');
  expect(sent).toEqual(['half a thought']);
  await expect.element(screen.getByRole('textbox')).toHaveValue('');
});

test('a key typed changes nothing in a list of 500 messages, and a message only its end', async () => {
  const many = Array.from({ length: 500 }, (_, i) => message(i, `Message ${i}`));
  const screen = await show(panel(many));
  const list = screen.getByTestId('chat-messages').element();
  const changed: MutationRecord[] = [];
  const observer = new MutationObserver((records) => changed.push(...records));
  observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
  await userEvent.type(screen.getByRole('textbox'), 'abc');
  expect(changed).toEqual([]);
  await screen.rerender(panel([...many, message(1000, 'One more')]));
  await expect.element(screen.getByText('One more')).toBeVisible();
  expect(changed.length).toBe(1);
});

test('each message is read in its own direction, and a link is not turned round by what surrounds it', async () => {
  await show(panel([message(0, 'مرحبا'), message(1, '\u202Ehttps://example.org/a back')]));
  const [arabic, overridden] = document.querySelectorAll('[data-testid=chat-message] p');
  if (arabic === undefined || overridden === undefined) throw new Error('No messages are shown.');
  expect(getComputedStyle(arabic).direction).toBe('rtl');
  const link = overridden.querySelector('bdi');
  expect(link === null ? '' : getComputedStyle(link).unicodeBidi).toBe('isolate');
});
