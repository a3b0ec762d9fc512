import { audio, video } from './audience.js';
import { firstMedia } from './first-media.js';
import { idle } from './idle.js';
import { joins } from './joins.js';
import { meeting } from './meeting.js';
import { memory } from './memory.js';
import type { Scenario } from './scenario.js';
import { tap } from './tap.js';

/** In the order in which they run. */
export const scenarios: readonly Scenario[] = [video, audio, meeting, joins, firstMedia, memory, idle, tap];
