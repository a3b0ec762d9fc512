import { expect, it } from 'vitest';
import { archivedChannels, channelSections } from '../../src/workspace/channel-sections.js';
import { channelOf } from '../workspace-fixtures.js';

const listed = (...args: Parameters<typeof channelSections>) =>
  channelSections(...args).map(({ category, channels }) => [
    category?.name,
    ...channels.map(({ name }) => name),
  ]);

it('lists channels by category, each in its order', () => {
  expect(
    listed([
      channelOf('ovens', { category_id: 'work', position: 5 }),
      channelOf('work', { kind: 'category', position: 3 }),
      channelOf('knives', { category_id: 'work', position: 4 }),
      channelOf('fun', { kind: 'category', position: 2 }),
      channelOf('puns', { category_id: 'fun', position: 9 }),
      channelOf('general', { position: 8 }),
    ]),
  ).toEqual([
    [undefined, 'general'],
    ['fun', 'puns'],
    ['work', 'knives', 'ovens'],
  ]);
});

it('leaves out what is archived, and categories in which nothing is left', () => {
  expect(
    listed([
      channelOf('old', { category_id: 'past', archived: true }),
      channelOf('past', { kind: 'category' }),
      channelOf('general'),
    ]),
  ).toEqual([[undefined, 'general']]);
});

it('shows empty categories to who may fill them, and archived channels by themselves', () => {
  const channels = [
    channelOf('empty', { kind: 'category' }),
    channelOf('old', { position: 2, archived: true }),
    channelOf('older', { position: 1, archived: true }),
  ];
  expect(channelSections(channels)).toEqual([]);
  expect(channelSections(channels, { withEmpty: true }).map(({ category }) => category?.id)).toEqual([
    'empty',
  ]);
  expect(archivedChannels(channels).map(({ id }) => id)).toEqual(['older', 'old']);
});
