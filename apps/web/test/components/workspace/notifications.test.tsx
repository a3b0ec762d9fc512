import type { NotificationSettings, Start } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { SettingsDialog } from '../../../src/account/settings-dialog.js';
import { Notifications } from '../../../src/notifications/notifications.js';
import { showLanguage } from '../../../src/texts/language.js';
import { ChannelSidebar } from '../../../src/workspace/channel-sidebar.js';
import { channelOf, communityOf } from '../../workspace-fixtures.js';
import { ADA, fakeServer, nothing, ok, type FakeServer } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { LOOKS } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const KITCHEN = communityOf('kitchen', {
  name: 'Kitchen',
  channels: [channelOf('general'), channelOf('soups', { position: 1 })],
});
const START: Start = {
  me: {
    ...{ id: 'ada', user_name: 'ada', display_name: null, avatar: null, status: null },
    direct_messages_from: 'members',
    pronouns: null,
    about: null,
    availability: 'available',
  },
  communities: [KITCHEN],
  conversations: [],
  relations: { friends: [], incoming: [], outgoing: [], blocked: [] },
  unread: [],
};
const MINE = '/api/v1/me/notifications';
const SOUPS = 'PUT /api/v1/channels/soups/notifications';

afterEach(() => showLanguage('en'));

function server(settings: Partial<NotificationSettings> = {}): FakeServer {
  return fakeServer({
    'GET /api/v1/start': () => ok<Start>(START),
    'GET /api/v1/me/unread': () =>
      ok<object>({ channels: [{ channel_id: 'soups', last_read_id: null, unread: 3, mentions: 2 }] }),
    [`GET ${MINE}`]: () =>
      ok<NotificationSettings>({ keywords: [], quiet: null, channels: [], communities: [], ...settings }),
    [`PATCH ${MINE}`]: nothing,
    [SOUPS]: nothing,
  });
}

const showSidebar = () =>
  showWorkspace(
    <>
      <Notifications me={ADA} />
      <ChannelSidebar community={KITCHEN} current={undefined} me={ADA} />
    </>,
  );

test('a channel is muted from its menu, by the keyboard, and counts no more', async () => {
  const { asked } = server();
  const screen = await showSidebar();
  const link = screen.getByRole('link', { name: 'soups 3 new, 2 mentions' });
  await expect.element(link).toBeVisible();
  await link.click({ button: 'right' });
  await screen.getByRole('menuitem', { name: 'Mute' }).click();
  await screen.getByRole('menuitem', { name: 'Until I turn it back on' }).click();
  await expect.element(screen.getByRole('link', { name: 'soups muted' })).toBeVisible();
  const body = { level: null, muted: true, muted_until: null };
  expect(asked).toContainEqual({ route: SOUPS, body });
  await expect.element(screen.getByRole('menu')).not.toBeInTheDocument();
  await screen.getByRole('link', { name: 'soups muted' }).click({ button: 'right' });
  await screen.getByRole('menuitem', { name: 'Unmute' }).click();
  await expect.element(link).toBeVisible();
});

test('words of one’s own and quiet hours are kept', async () => {
  const { asked } = server();
  const screen = await showWorkspace(<SettingsDialog me={ADA} onClose={() => undefined} />);
  await screen.getByRole('tab', { name: 'Notifications' }).click();
  await screen.getByRole('textbox', { name: 'My words' }).fill('soup\n  kitchen sink \n\n');
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => asked)
    .toContainEqual({ route: `PATCH ${MINE}`, body: { keywords: ['soup', 'kitchen sink'] } });
  await screen.getByRole('switch', { name: 'Do not disturb by the clock' }).click();
  await expect
    .poll(() => asked.at(-2)?.body ?? asked.at(-1)?.body)
    .toMatchObject({ quiet: { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', until: '08:00' } });
});

const SOME_LOOKS = LOOKS.filter(({ width }) => width === 320 || width === 1280);

test.each(SOME_LOOKS)(
  'the settings at $width×$height $theme $direction',
  { timeout: 60_000 },
  async (look) => {
    server({
      keywords: ['soup'],
      quiet: { days: [1, 2], from: '22:00', until: '07:00', time_zone: 'Europe/Berlin' },
    });
    await showLanguage('de');
    const screen = await showWorkspace(<SettingsDialog me={ADA} onClose={() => undefined} />, look);
    await screen.getByRole('tab', { name: 'Mitteilungen' }).click();
    await expect.element(screen.getByText('Nach der Uhr von Europe/Berlin')).toBeVisible();
    await userEvent.keyboard('{Tab}');
    expect(overflowing()).toEqual([]);
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  },
);
