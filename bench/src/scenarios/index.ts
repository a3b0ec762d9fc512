import { audio, video } from './audience.js';
import { chatFanOut } from './chat-fan-out.js';
import { chatIdle } from './chat-idle.js';
import { chatPosts } from './chat-posts.js';
import { chatStart } from './chat-start.js';
import { firstMedia } from './first-media.js';
import { idle } from './idle.js';
import { joins } from './joins.js';
import { meeting } from './meeting.js';
import { memory } from './memory.js';
import type { Scenario } from './scenario.js';
import { tap } from './tap.js';

/** Of calls, which run when none is named, in this order. */
export const callScenarios: readonly Scenario[] = [
  video,
  audio,
  meeting,
  joins,
  firstMedia,
  memory,
  idle,
  tap,
];

/** Of the workspace. */
const chatScenarios: readonly Scenario[] = [chatFanOut, chatPosts, chatStart, chatIdle];

export const scenarios: readonly Scenario[] = [...callScenarios, ...chatScenarios];
