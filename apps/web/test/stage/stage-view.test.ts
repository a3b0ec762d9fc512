import { describe, expect, it } from 'vitest';
import { INITIAL_STAGE, stageReducer, type StageAction } from '../../src/stage/stage-view.js';

const after = (...actions: StageAction[]) => actions.reduce(stageReducer, INITIAL_STAGE);

describe('stageReducer', () => {
  it('switches between the views', () => {
    expect(after({ type: 'toggle-view' }).view).toBe('speaker');
    expect(after({ type: 'toggle-view' }, { type: 'toggle-view' }).view).toBe('grid');
  });

  it('turns to a shared screen and back', () => {
    expect(after({ type: 'screens', count: 1 }).view).toBe('speaker');
    expect(after({ type: 'screens', count: 1 }, { type: 'screens', count: 0 }).view).toBe('grid');
  });

  it('stays in the speaker view that was chosen before the screen', () => {
    const state = after(
      { type: 'toggle-view' },
      { type: 'screens', count: 1 },
      { type: 'screens', count: 0 },
    );
    expect(state.view).toBe('speaker');
  });

  it('keeps the grid of a person who turned to it during a shared screen', () => {
    const chosen = after({ type: 'screens', count: 1 }, { type: 'toggle-view' });
    expect(chosen.view).toBe('grid');
    expect(stageReducer(chosen, { type: 'screens', count: 0 }).view).toBe('grid');
  });

  it('shows a pinned tile large, and unpins it on the second press', () => {
    const pinned = after({ type: 'pin', key: 'a:camera' });
    expect(pinned).toMatchObject({ view: 'speaker', pinned: 'a:camera' });
    expect(stageReducer(pinned, { type: 'pin', key: 'a:camera' }).pinned).toBeUndefined();
  });

  it('forgets a pin whose tile is gone', () => {
    const pinned = after({ type: 'pin', key: 'a:camera' });
    expect(stageReducer(pinned, { type: 'tiles', keys: ['a:camera'] }).pinned).toBe('a:camera');
    expect(stageReducer(pinned, { type: 'tiles', keys: ['b:camera'] }).pinned).toBeUndefined();
  });
});
