import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ApiKey } from '@parley/access';
import { createCounters, errorText, threadMetrics } from '@parley/core';
import type { ThreadMetric } from '@parley/core';
import {
  appendToOutbox,
  Database,
  endOfOutbox,
  isUnavailable,
  outboxMigration,
  sweepOutbox,
} from '@parley/store';
import {
  Callees,
  CallNotes,
  CallService,
  EventHub,
  mayChangePermissions,
  MemoryConnectionBoard,
  fileServices,
  messagingServices,
  migrations,
  newSetUpCode,
  parseEvent,
  PresenceService,
  SessionService,
  VoiceRooms,
} from '@parley/workspace';
import type { OutboxPosition } from '@parley/store';
import type {
  EventWriter,
  FileOptions,
  Files,
  Messaging,
  WorkspaceEvent,
  WorkspaceTables,
} from '@parley/workspace';
import type { Logger } from 'pino';
import type { Config } from '../config/schema.js';
import type { HttpModule } from '../http/http-module.js';
import type { V1Options } from '../http/v1/v1-module.js';
import { EventGateway } from '../http/event-gateway.js';
import { fileInspector } from '../files/file-inspector.js';
import { openBlobs } from '../files/open-blobs.js';
import { toLog } from '../logger.js';
import type { MediaFront } from '../media/media-front.js';
import { databaseMetrics, problemMetrics } from './workspace-metrics.js';
import { CallDoor } from './call-door.js';
import { CallKeeper } from './call-keeper.js';
import { Repeated } from './repeated.js';
import { VoiceRinging } from './voice-ringing.js';
import { VoiceStates } from './voice-states.js';
import { OutboxFeed } from './outbox-feed.js';
import { workspaceModules } from './workspace-modules.js';

export interface WorkspaceOptions {
  config: Config;
  /** Signs the tokens with which people join the calls of channels. */
  key: ApiKey;
  media: Pick<MediaFront, 'callApi'>;
  log: Logger;
}

interface Opened extends Omit<WorkspaceOptions, 'config'> {
  database: Database<WorkspaceTables>;
  /** Where files are, and what is done with them. */
  stored: Pick<FileOptions, 'blobs' | 'inspect' | 'limits'>;
  /** Where the outbox ends. */
  end: OutboxPosition;
  setUpCode: string | undefined;
}

/** How often what has expired is deleted, in milliseconds. */
const SWEEP_INTERVAL = 600_000;
/** Milliseconds: far longer than any server takes to read them. */
const EVENTS_KEPT = 3_600_000;
/** How often it is looked whether messages are to be sent that were written for later, in milliseconds. */
const DUE_INTERVAL = 5000;
/** How often others are told who is there now, in milliseconds. */
const PRESENCE_INTERVAL = 1000;
/** How often it is said at most that the database is away. */
const SAY_INTERVAL = 10_000;

/** Accounts and all that people with accounts share, with the database that keeps it. */
export class Workspace {
  /** What is answered over HTTP. */
  readonly modules: readonly HttpModule[];
  /** What is told over WebSockets. */
  readonly events: EventGateway;
  /** Is told by the media threads who is in the calls of channels. */
  readonly voice: VoiceStates;
  /** Who may come into the calls of channels. */
  readonly door: CallDoor;
  /** With which the workspace is set up from another machine; undefined once it has an owner. */
  readonly setUpCode: string | undefined;
  readonly #database: Database<WorkspaceTables>;
  readonly #feed: OutboxFeed<WorkspaceTables>;
  readonly #keeper: CallKeeper;
  readonly #ringing: VoiceRinging;
  readonly #sessions: SessionService;
  readonly #log: Logger;
  readonly #messaging: Messaging;
  readonly #files: Files;
  readonly #sweep: Repeated;
  readonly #due: Repeated;
  readonly #presence: Repeated;
  readonly #problems = createCounters(problemMetrics);
  #saidUnavailableAt = -Infinity;

  private constructor({ database, end, setUpCode, key, media, log, stored }: Opened) {
    this.setUpCode = setUpCode;
    const { db } = database;
    const hub = new EventHub({ db, now: Date.now, position: positionOf(end) });
    const feed = new OutboxFeed(end, {
      db,
      log: toLog(log),
      deliver: async ({ position, event: written }) => {
        const event = parseEvent(written);
        // One of a newer server is for its own clients.
        if (event === undefined) return;
        await hub.deliver({ position: positionOf(position), event });
        if (event.type === 'sessions_ended') hub.endSessions(event.payload.ids);
        if (mayChangePermissions(event)) keeper.look();
        void tellRelation(event, presence).catch(onFailed);
      },
    });
    const events: EventWriter = {
      append: appendToOutbox,
      committed: () => {
        feed.wake();
      },
    };
    const announce = (event: WorkspaceEvent): Promise<void> => hub.announce(event);
    const services = { db, events, now: Date.now, random: randomBytes };
    const sessions = new SessionService(services);
    const onFailed = (thrown: unknown): void => {
      this.#failed(thrown);
    };
    const onProblem: V1Options['onProblem'] = ({ status, code }, thrown) => {
      this.#problems[code] += 1;
      if (status >= 500) onFailed(thrown);
    };
    const calls = new CallService(services);
    const door = new CallDoor({
      ...{ calls, sessions, onFailed },
      onEntered: () => {
        keeper.lookSoon();
      },
    });
    const presence = new PresenceService({ ...services, board: new MemoryConnectionBoard(), announce });
    const keeper = new CallKeeper({ media, calls, door, key, log: toLog(log) });
    this.door = door;
    this.#keeper = keeper;
    const rooms = new VoiceRooms(Date.now());
    const ringing = new VoiceRinging({
      ...{ rooms, announce, now: Date.now, log: toLog(log), notes: new CallNotes(services) },
      callees: new Callees({ db, rooms, presence, now: Date.now }),
    });
    this.#ringing = ringing;
    const onPeople = (channelId: string): void => {
      ringing.peopleChanged(channelId);
    };
    this.voice = new VoiceStates({ db, rooms, announce, onPeople, log: toLog(log) });
    this.#messaging = messagingServices(services);
    this.#files = fileServices({ ...services, ...stored });
    this.modules = workspaceModules({
      ...{ services, messaging: this.#messaging, sessions, key, setUpCode, onProblem, announce },
      ...{ files: this.#files, voice: rooms, presence, ringer: ringing },
      control: {
        enforce: async (channelId) => {
          await keeper.enforce(channelId);
          this.voice.changed(channelId);
        },
        remove: (channelId, userId) => keeper.remove(channelId, userId),
      },
    });
    this.events = new EventGateway({ hub, sessions, presence, onFailed });
    this.#database = database;
    this.#feed = feed;
    this.#sessions = sessions;
    this.#log = log;
    this.#sweep = new Repeated(SWEEP_INTERVAL, () => this.#deleteExpired());
    this.#due = new Repeated(DUE_INTERVAL, () => this.#sendDue());
    this.#presence = new Repeated(PRESENCE_INTERVAL, () => presence.tell().catch(onFailed));
  }

  /** Throws an OperatorError when its database, or the place of its files, cannot be used. */
  static async open({ config, ...options }: WorkspaceOptions): Promise<Workspace> {
    const { log } = options;
    const {
      data_dir,
      database: { url, connections },
      limits: { file_bytes: fileBytes, stored_bytes: storedBytes },
    } = config;
    const blobs = openBlobs(config);
    await blobs.check();
    const inspect = fileInspector(join(data_dir, 'scratch'));
    const database = await Database.open<WorkspaceTables>({
      ...{ url, connections, folder: join(data_dir, 'database'), log: toLog(log) },
      migrations: { '0000-outbox': outboxMigration, ...migrations },
    });
    log.info({ engine: database.engine }, 'The database is open');
    const { db } = database;
    const owned = await db.selectFrom('workspace').select('id').executeTakeFirst();
    const setUpCode = owned === undefined ? newSetUpCode(randomBytes) : undefined;
    const end = await endOfOutbox(db);
    const stored = { blobs, inspect, limits: { fileBytes, storedBytes } };
    return new Workspace({ database, end, setUpCode, stored, ...options });
  }

  isReady(): Promise<boolean> {
    return this.#database.isReady();
  }

  metrics(): ThreadMetric[] {
    return [
      ...threadMetrics(databaseMetrics, { waiting: this.#database.waiting }),
      ...threadMetrics(problemMetrics, this.#problems),
      ...this.events.metrics(),
    ];
  }

  /** Has clients come back later, begins nothing by itself any more, and lets what runs end. It needs media for it. */
  async drain(): Promise<void> {
    const repeated = [this.#sweep, this.#due, this.#presence].map((one) => one.close());
    await Promise.all([this.events.close(), this.#keeper.close(), ...repeated]);
  }

  async close(): Promise<void> {
    await this.drain();
    await this.#feed.close();
    await this.#ringing.close();
    await this.voice.close();
    await this.#database.close();
  }

  #failed(thrown: unknown): void {
    if (!isUnavailable(thrown)) {
      this.#log.error({ err: thrown }, 'A request of the workspace failed');
      return;
    }
    // Every request fails then: one line tells of all.
    const now = performance.now();
    if (now - this.#saidUnavailableAt < SAY_INTERVAL) return;
    this.#saidUnavailableAt = now;
    this.#log.warn({ reason: errorText(thrown) }, 'The database does not answer');
  }

  async #sendDue(): Promise<void> {
    try {
      await this.#messaging.scheduled.sendDue();
    } catch (error) {
      this.#failed(error);
    }
  }

  async #deleteExpired(): Promise<void> {
    try {
      await this.#sessions.endExpired();
      await sweepOutbox(this.#database.db, new Date(Date.now() - EVENTS_KEPT));
      await this.#files.sweeper.sweep();
    } catch (error) {
      this.#log.warn({ err: error }, 'What has expired could not be deleted');
    }
  }
}

/** Friends see each other, and who is blocked sees nothing. */
async function tellRelation(
  { type, payload, audience }: WorkspaceEvent,
  presence: PresenceService,
): Promise<void> {
  if (type !== 'relation_changed' || !('userIds' in audience)) return;
  for (const userId of audience.userIds) await presence.relationChanged(userId, payload.person.id);
}

function positionOf({ xid, id }: OutboxPosition): string {
  return `${xid}-${id}`;
}
