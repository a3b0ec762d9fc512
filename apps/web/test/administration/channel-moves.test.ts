import { describe, expect, it } from 'vitest';
import { dropOf, moved, stepOf, type ChannelPlace } from '../../src/administration/channel-moves.js';
import { channelOf } from '../workspace-fixtures.js';

const general = channelOf('general', { position: 0 });
const random = channelOf('random', { position: 1 });
const product = channelOf('product', { kind: 'category', position: 2 });
const ideas = channelOf('ideas', { position: 3, category_id: 'product' });
const plans = channelOf('plans', { position: 4, category_id: 'product' });
const empty = channelOf('empty', { kind: 'category', position: 5 });
const ALL = [plans, general, random, product, ideas, empty];

/** The list as it stands after a move. */
function after(id: string, to: ChannelPlace | undefined): string {
  if (to === undefined) return 'nowhere';
  return moved(ALL, id, to)
    .map(({ id: one, category_id }) => (category_id === null ? one : `${category_id}/${one}`))
    .join(' ');
}

describe('a step', () => {
  it.each([
    [random, 'up', 'random general product product/ideas product/plans empty'],
    [general, 'down', 'random product product/ideas product/plans empty general'],
    [general, 'up', 'nowhere'],
    [random, 'down', 'general product product/random product/ideas product/plans empty'],
    [ideas, 'up', 'general random product product/plans empty ideas'],
    [plans, 'down', 'general random product product/ideas empty empty/plans'],
    [empty, 'up', 'general random empty product product/ideas product/plans'],
    [product, 'up', 'nowhere'],
    [empty, 'down', 'nowhere'],
  ] as const)('of %o %s', (channel, step, expected) => {
    expect(after(channel.id, stepOf(ALL, channel, step))).toBe(expected);
  });

  it('passes archived channels over', () => {
    const old = channelOf('old', { position: 1, archived: true });
    const three = [channelOf('first', { position: 0 }), old, channelOf('last', { position: 2 })];
    expect(stepOf(three, three[2]!, 'up')).toEqual({ category_id: null, before: 'first' });
  });
});

describe('what is dropped', () => {
  it.each([
    [general, plans, 'upper', 'random product product/ideas product/general product/plans empty'],
    [general, plans, 'lower', 'random product product/ideas product/plans empty product/general'],
    [general, product, 'upper', 'random product product/general product/ideas product/plans empty'],
    [general, empty, 'lower', 'random product product/ideas product/plans empty empty/general'],
    [ideas, general, 'upper', 'ideas general random product product/plans empty'],
    [product, empty, 'lower', 'general random product/ideas product/plans empty product'],
    [product, general, 'upper', 'nowhere'],
    [general, general, 'lower', 'nowhere'],
  ] as const)('%o on %o, in its %s half', (dragged, target, half, expected) => {
    expect(after(dragged.id, dropOf(ALL, dragged, { target, half }))).toBe(expected);
  });
});
