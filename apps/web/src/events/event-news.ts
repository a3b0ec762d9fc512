import type { WorkspaceEventBody } from '@parley/contract';
import { Store } from '../lib/store.js';

/** What has happened last, once the page knows it. Each is told of once. */
export const eventNews = new Store<WorkspaceEventBody | undefined>(undefined);
