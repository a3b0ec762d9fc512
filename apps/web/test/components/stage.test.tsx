import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { ParticipantView } from '../../src/call/participants.js';
import { Stage, type StageProps } from '../../src/stage/stage.js';
import { participantView } from '../participant-view.js';
import { fakeVideo } from './support/fake-video.js';
import { accessibilityFindings, overflowing } from './support/findings.js';
import { LOOKS, show, type Look } from './support/show.js';

const NAMES = [
  'Ada Lovelace',
  'عبد الرحمن بن محمد الأندلسي الطويل الاسم',
  'Wolfeschlegelsteinhausenbergerdorff-Hubert Blaine the Elder',
  'שרה כהן',
  '🇩🇪 Grace',
];

/** Oneself and others with all sorts of names; every third has the camera off, the second one shares a screen. */
function people(count: number, presenting = false): ParticipantView[] {
  return Array.from({ length: count }, (_, i) => {
    const isPresenter = presenting && i === 2;
    return participantView(`p${i}`, {
      name: NAMES[i % NAMES.length] ?? '',
      isLocal: i === 0,
      isMicrophoneOn: i % 2 === 0,
      isSpeaking: i === 4,
      camera: i % 3 === 1 ? undefined : fakeVideo('wide', i * 47),
      isSharing: isPresenter,
      screen: isPresenter ? fakeVideo('screen', 0) : undefined,
      ...(i === 3 && { handRaisedAt: 1, connection: 'poor' }),
    });
  });
}

/** About what header and bar leave of the page. */
function stage(participants: readonly ParticipantView[], props: Partial<StageProps> = {}, chrome = 140) {
  return (
    <main style={{ display: 'flex', height: `calc(100vh - ${chrome}px)`, margin: '0 8px' }}>
      <Stage
        participants={participants}
        view="grid"
        pinned={undefined}
        speaker={undefined}
        mirrorSelf
        onPin={() => undefined}
        onStopSharing={() => undefined}
        onShowPeople={() => undefined}
        {...props}
      />
    </main>
  );
}

const tiles = () => [...document.querySelectorAll<HTMLElement>('li[data-role]')];
const nameOf = ({ width, height, theme, direction }: Look) => `${width}×${height} ${theme} ${direction}`;

async function expectSound(): Promise<void> {
  await expect.poll(() => tiles().length).toBeGreaterThan(0);
  expect(overflowing()).toEqual([]);
  expect(await accessibilityFindings()).toEqual([]);
}

test.each(LOOKS.map((look) => ({ look, name: nameOf(look) })))(
  'nine people with long names, and a shared screen: $name',
  async ({ look }) => {
    const crowd = people(9, true);
    const screen = await show(stage(crowd), look);
    await expectSound();

    await screen.rerender(stage(crowd, { view: 'speaker' }));
    await expectSound();
    const shared = document.querySelector('[data-role=focus][data-source=screen]')?.getBoundingClientRect();
    const area = document.querySelector('[data-testid=stage]')?.getBoundingClientRect();
    if (shared === undefined || area === undefined) throw new Error('No shared screen is shown.');
    expect(shared.height).toBeGreaterThanOrEqual(area.height * 0.7);
    expect(shared.width).toBeGreaterThanOrEqual(area.width * 0.7);
    const strip = tiles().filter((tile) => tile.dataset.role === 'strip');
    expect(strip[0]?.dataset.identity, 'the presenter is the first of the strip').toBe('p2');
    const side = strip[0]?.getBoundingClientRect();
    if (side !== undefined && side.top < shared.bottom) {
      expect(side.left > shared.left, 'the strip is at the end of the line').toBe(look.direction === 'ltr');
    }
  },
);

test('names are cut at their end, whatever their direction', async () => {
  await show(stage(people(5)), { width: 640, height: 400 });
  await expect.poll(() => tiles().length).toBe(5);
  const directions = tiles().map((tile) => {
    const name = tile.querySelector('[dir=auto]');
    return name === null ? '' : getComputedStyle(name).direction;
  });
  expect(directions).toEqual(['ltr', 'rtl', 'ltr', 'rtl', 'ltr']);
});

test('a pin that is not seen takes no clicks; with the pointer or the focus on the tile it is there', async () => {
  const pinned: string[] = [];
  const screen = await show(stage(people(3), { onPin: (key) => pinned.push(key) }));
  const pin = screen.getByRole('button', { name: `Pin ${NAMES[1]}` });
  await expect.element(pin).toHaveStyle({ pointerEvents: 'none' });
  await userEvent.hover(screen.getByTestId('tile').first());
  await expect.element(pin).toHaveStyle({ pointerEvents: 'auto', opacity: '1' });
  await pin.click();
  expect(pinned).toEqual(['p1:camera']);
});

test('with Tab one comes to the tiles in the order in which they are shown', async () => {
  await show(stage(people(4)));
  await expect.poll(() => tiles().length).toBe(4);
  const visited: (string | undefined)[] = [];
  for (let i = 0; i < 4; i++) {
    await userEvent.tab();
    visited.push(document.activeElement?.closest('li')?.dataset.identity);
  }
  expect(visited).toEqual(['p0', 'p1', 'p2', 'p3']);
});

test('who shares sees what is shared, and can stop there', async () => {
  let stopped = 0;
  const [self, ...others] = people(3);
  if (self === undefined) throw new Error('Nobody is there.');
  const sharing = { ...self, isSharing: true, screen: fakeVideo('screen', 0) };
  const screen = await show(stage([sharing, ...others], { onStopSharing: () => stopped++ }));
  await expect.element(screen.getByRole('button', { name: 'Stop sharing' })).toBeVisible();
  expect(document.querySelector('[data-source=screen] video')).not.toBeNull();
  await screen.getByRole('button', { name: 'Stop sharing' }).click();
  expect(stopped).toBe(1);
});

test('where a tile cuts much of a picture one can ask for all of it', async () => {
  const crowd = people(4).map((person, i) => ({
    ...person,
    camera: fakeVideo(i === 1 ? 'upright' : 'wide', 9),
  }));
  const screen = await show(stage(crowd));
  await userEvent.hover(screen.getByTestId('tile').first());
  await screen.getByRole('button', { name: `Whole picture of ${NAMES[1]}` }).click();
  const video = document.querySelector('[data-identity=p1] video');
  expect(video === null ? '' : getComputedStyle(video).objectFit).toBe('contain');
});

test('the pager tells who speaks on another page, and leads there', async () => {
  const crowd = people(60);
  const screen = await show(stage(crowd));
  await screen.getByRole('button', { name: 'Next page' }).click();
  const elsewhere = screen.getByRole('button', { name: /speaks on page 1/u });
  await expect.element(elsewhere).toHaveTextContent(NAMES[4] ?? '');
  await elsewhere.click();
  await expect.element(screen.getByText(/^1 of/u)).toBeVisible();
});

test('a tile that fails does not end the call: the others are still seen', async () => {
  const crowd = people(4);
  const broken = fakeVideo('wide', 1);
  broken.attach = () => {
    throw new Error('This browser cannot show it.');
  };
  const screen = await show(
    stage(crowd.map((person, i) => (i === 1 ? { ...person, camera: broken } : person))),
  );
  await expect.element(screen.getByTestId('broken-tile')).toHaveTextContent(NAMES[1] ?? '');
  expect(tiles().map((tile) => tile.dataset.identity)).toEqual(['p0', 'p2', 'p3']);
  await screen.rerender(
    stage(crowd.map((person, i) => (i === 1 ? { ...person, camera: fakeVideo('wide', 1) } : person))),
  );
  await expect.element(screen.getByTestId('broken-tile')).not.toBeInTheDocument();
});

test('white initials stand out from every colour', async () => {
  const crowd = Array.from({ length: 24 }, (_, i) => participantView(`person-${i * 7}`, { name: `P ${i}` }));
  await show(stage(crowd));
  await expect.poll(() => tiles().length).toBe(24);
  expect((await accessibilityFindings()).filter((finding) => finding.startsWith('color-contrast'))).toEqual(
    [],
  );
});
