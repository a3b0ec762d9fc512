import type { ThreadMetric } from '@parley/core';
import { isDependent } from '@parley/sfu';
import type { Participant, Room, Sfu, TrackSource } from '@parley/sfu';
import type { Front, FrontContext, FrontFactory, OpenAnswer } from '../front.js';
import { ROSTER, type Roster, type RosterPerson } from './roster-messages.js';

/**
 * Tells the main thread who is in rooms and what they send, whatever the front through which they came. Lets nobody in
 * itself. What changes before the node looks at deadlines again is told as one.
 */
class RosterFront implements Front {
  readonly name = ROSTER;
  readonly #sfu: Sfu;
  readonly #emit: (roster: Roster) => void;
  readonly #changed = new Set<string>();

  constructor(wants: (room: string) => boolean, { sfu, emit }: FrontContext) {
    this.#sfu = sfu;
    this.#emit = emit;
    sfu.observe({
      onParticipantChanged: (_participant, { name }) => {
        if (wants(name)) this.#changed.add(name);
      },
      // At once: a room of this name may begin on another thread.
      onRoomFinished: ({ name }) => {
        if (!wants(name)) return;
        this.#changed.delete(name);
        emit({ room: name, people: [] });
      },
    });
  }

  get deadline(): number {
    return this.#changed.size > 0 ? -Infinity : Infinity;
  }

  handleTimeout(): void {
    for (const room of this.#changed) this.#emit({ room, people: peopleOf(this.#sfu.rooms.get(room)) });
    this.#changed.clear();
  }

  open(): Promise<OpenAnswer> {
    return Promise.resolve({ ok: false, status: 404, text: 'nobody is let in here' });
  }

  ask(): Promise<unknown> {
    return Promise.resolve(undefined);
  }

  metrics(): ThreadMetric[] {
    return [];
  }

  drain(): void {
    // Who is there stays.
  }

  close(): void {
    // The rooms have ended, and said so.
  }
}

/** @param wants of which rooms, by name, the main thread wants to know. */
export function rosterFront(wants: (room: string) => boolean): FrontFactory {
  return (context) => new RosterFront(wants, context);
}

/** Neither recorders, nor agents, nor who is hidden, nor who is not quite in yet. */
function peopleOf(room: Room | undefined): RosterPerson[] {
  return [...(room?.participants.values() ?? [])]
    .filter(
      ({ kind, permissions, state }) => !isDependent(kind) && !permissions.hidden && state !== 'joining',
    )
    .map((participant) => ({
      identity: participant.identity,
      joinedAt: participant.joinedAt,
      microphone: sends(participant, 'microphone'),
      camera: sends(participant, 'camera'),
      screen: sends(participant, 'screen_share'),
    }))
    .sort((one, other) => one.joinedAt - other.joinedAt);
}

function sends({ publications }: Participant, source: TrackSource): boolean {
  for (const publication of publications.values())
    if (publication.source === source && publication.attached && !publication.muted) return true;
  return false;
}
