import { expect, test } from 'vitest';
import { laneOf } from '../../src/reactions/reaction.js';
import { ReactionsOverlay } from '../../src/reactions/reactions-overlay.js';
import { show } from './support/show.js';

test.each([320, 820, 1280])('six reactions at once do not cover each other, %i wide', async (width) => {
  const flying = Array.from({ length: 6 }, (_, i) => ({
    id: i + 1,
    emoji: '👏',
    name: i % 2 === 0 ? 'Wolfeschlegelsteinhausenbergerdorff' : 'عبد الرحمن بن محمد الأندلسي',
    lane: laneOf(i + 1),
  }));
  const screen = await show(
    <main style={{ position: 'relative', height: '90vh' }}>
      <ReactionsOverlay flying={flying} />
    </main>,
    { width, height: 700 },
  );
  const boxes = [...screen.getByTestId('reactions').element().children]
    .map((reaction) => reaction.getBoundingClientRect())
    .sort((a, b) => a.left - b.left);
  expect(boxes.length).toBe(6);
  for (const [index, box] of boxes.entries()) {
    expect(box.left).toBeGreaterThanOrEqual((boxes[index - 1]?.right ?? 0) - 0.5);
    expect(box.right).toBeLessThanOrEqual(width);
  }
});
