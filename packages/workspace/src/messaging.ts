import { DraftService } from './drafts/draft-service.js';
import { MessageChanges } from './messages/message-changes.js';
import { MessageService } from './messages/message-service.js';
import { PinService } from './messages/pin-service.js';
import { SavedService } from './messages/saved-service.js';
import { TypingService } from './messages/typing-service.js';
import { NotificationService } from './notifications/notification-service.js';
import { ReactionService } from './reactions/reaction-service.js';
import { CatchUpService } from './reading/catch-up-service.js';
import { ReadingService } from './reading/reading-service.js';
import { ThreadService } from './reading/thread-service.js';
import { ScheduleService } from './scheduled/schedule-service.js';
import { SearchService } from './search/search-service.js';
import type { ServiceOptions } from './service-options.js';

export type Messaging = ReturnType<typeof messagingServices>;

/** Every service of messages. */
export function messagingServices(options: ServiceOptions) {
  return {
    messages: new MessageService(options),
    changes: new MessageChanges(options),
    pins: new PinService(options),
    saved: new SavedService(options),
    reactions: new ReactionService(options),
    reading: new ReadingService(options),
    catchUp: new CatchUpService(options),
    threads: new ThreadService(options),
    drafts: new DraftService(options),
    scheduled: new ScheduleService(options),
    typing: new TypingService(options),
    notifications: new NotificationService(options),
    search: new SearchService(options),
  };
}
