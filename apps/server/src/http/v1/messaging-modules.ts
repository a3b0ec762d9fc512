import type { Messaging, WorkspaceEvent } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { composingModule } from './composing-routes.js';
import { messagesModule } from './messages-routes.js';
import { notificationsModule } from './notifications-routes.js';
import { pinsModule } from './pins-routes.js';
import { reactionsModule } from './reactions-routes.js';
import { readingModule } from './reading-routes.js';
import { searchModule } from './search-routes.js';
import type { V1Options } from './v1-module.js';

export interface MessagingModulesOptions extends V1Options {
  /** Tells others who types. */
  onTyping: (event: WorkspaceEvent) => Promise<void>;
}

/** Everything about messages. */
export function messagingModules(messaging: Messaging, options: MessagingModulesOptions): HttpModule[] {
  return [
    messagesModule(messaging, options),
    pinsModule(messaging, options),
    reactionsModule(messaging.reactions, options),
    readingModule(messaging, options),
    composingModule({ ...messaging, onTyping: options.onTyping }, options),
    notificationsModule(messaging.notifications, options),
    searchModule(messaging.search, options),
  ];
}
