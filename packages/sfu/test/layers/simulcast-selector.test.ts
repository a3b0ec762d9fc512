import { NO_LAYER, Selection, SimulcastSelector } from '@parley/sfu';
import { describe, expect, test } from 'vitest';

const { DROP, FORWARD, SWITCH } = Selection;

/** A selector of a publication whose three layers are live. */
function selectorOf(target: number, live = 0b111): SimulcastSelector {
  const selector = new SimulcastSelector();
  selector.setTarget(target);
  selector.setLiveLayers(live);
  return selector;
}

describe('SimulcastSelector', () => {
  test('forwards nothing as long as nothing is wanted', () => {
    const selector = new SimulcastSelector();
    selector.setLiveLayers(0b111);
    expect(selector.select(0, true)).toBe(DROP);
    expect(selector.keyFrameNeeded).toBe(NO_LAYER);
  });

  test('starts with the first key frame that is not above the target, and climbs', () => {
    const selector = selectorOf(1);
    expect(selector.keyFrameNeeded).toBe(1);
    expect(selector.select(1, false)).toBe(DROP);
    expect(selector.select(2, true)).toBe(DROP);
    expect(selector.select(0, true)).toBe(SWITCH);
    expect(selector.select(0, false)).toBe(FORWARD);
    expect(selector.keyFrameNeeded).toBe(1);
    expect(selector.select(1, true)).toBe(SWITCH);
    expect(selector.select(0, false)).toBe(DROP);
    expect(selector.select(0, true)).toBe(DROP);
    expect(selector.keyFrameNeeded).toBe(NO_LAYER);
  });

  test('takes a layer on the way to the target, where a key frame comes along', () => {
    const selector = selectorOf(0);
    selector.select(0, true);
    selector.setTarget(2);
    expect(selector.select(1, true)).toBe(SWITCH);
    expect(selector.keyFrameNeeded).toBe(2);
  });

  test('goes on with the layer it has until the lower one has a key frame', () => {
    const selector = selectorOf(2);
    selector.select(2, true);
    selector.setTarget(0);
    expect(selector.select(2, false)).toBe(FORWARD);
    expect(selector.keyFrameNeeded).toBe(0);
    expect(selector.select(0, false)).toBe(DROP);
    expect(selector.select(1, true)).toBe(DROP);
    expect(selector.select(0, true)).toBe(SWITCH);
    expect(selector.select(2, true)).toBe(DROP);
  });

  test('falls back to the best live layer when its own dies, and returns when it lives', () => {
    const selector = selectorOf(2);
    selector.select(2, true);
    selector.setLiveLayers(0b011);
    expect(selector.keyFrameNeeded).toBe(1);
    expect(selector.select(0, true)).toBe(DROP);
    expect(selector.select(1, true)).toBe(SWITCH);
    selector.setLiveLayers(0b111);
    expect(selector.keyFrameNeeded).toBe(2);
    expect(selector.select(2, true)).toBe(SWITCH);
  });

  test('waits for the target when nothing is live', () => {
    expect(selectorOf(1, 0).keyFrameNeeded).toBe(1);
    expect(selectorOf(1, 0b100).keyFrameNeeded).toBe(1);
  });

  test('stops at once, and starts again with a key frame', () => {
    const selector = selectorOf(1);
    selector.select(1, true);
    selector.setTarget(NO_LAYER);
    expect(selector.select(1, false)).toBe(DROP);
    selector.setTarget(1);
    expect(selector.select(1, false)).toBe(DROP);
    expect(selector.select(1, true)).toBe(SWITCH);
    selector.restart();
    expect(selector.select(1, false)).toBe(DROP);
  });
});
