import type { Tile } from '../client/participant.js';
import type {
  JoinCommand,
  JoinResult,
  LoadCommandName,
  LoadCommands,
  LoadRequest,
  LoadResponse,
  PacketCount,
} from './load-commands.js';
import { LoadParticipant } from './load-participant.js';

/** Fine enough that the packets of many publishers do not leave together. */
const SEND_TIMER_MS = 1;
const TIMER_MS = 5;

const participants = new Set<LoadParticipant>();
const publishers = new Set<LoadParticipant>();

async function join({ url, participants: joining, concurrency }: JoinCommand): Promise<JoinResult> {
  const result: JoinResult = { connected: [], audio: [], video: [] };
  const waiting = joining.values();
  const joinNext = async () => {
    for (const one of waiting) {
      const participant = new LoadParticipant(one);
      participants.add(participant);
      if (one.audio === true || one.video !== undefined) publishers.add(participant);
      const times = await participant.join(url);
      result.connected.push(times.connected);
      if (times.audio !== undefined) result.audio.push(times.audio);
      if (times.video !== undefined) result.video.push(times.video);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, joinNext));
  return result;
}

function show(tiles: Record<string, Tile[]>): null {
  for (const participant of participants) participant.show(tiles[participant.identity] ?? []);
  return null;
}

function count(): PacketCount {
  const total: PacketCount = { at: performance.now(), sent: 0, received: 0, lost: 0 };
  for (const { sent, received, lost } of participants) {
    total.sent += sent;
    total.received += received;
    total.lost += lost;
  }
  return total;
}

function leave(): null {
  for (const participant of participants) participant.leave();
  participants.clear();
  publishers.clear();
  return null;
}

function run(
  request: LoadRequest,
): Promise<LoadCommands[LoadCommandName]['gives']> | LoadCommands[LoadCommandName]['gives'] {
  switch (request.name) {
    case 'join':
      return join(request.argument);
    case 'show':
      return show(request.argument);
    case 'count':
      return count();
    case 'leave':
      return leave();
  }
}

function respond(response: LoadResponse): void {
  process.send?.(response);
}

process.on('message', (request: LoadRequest) => {
  Promise.resolve()
    .then(() => run(request))
    .then((result) => respond({ id: request.id, result }))
    .catch((error: unknown) =>
      respond({ id: request.id, error: error instanceof Error ? error.message : String(error) }),
    );
});
process.on('disconnect', () => process.exit());
setInterval(() => {
  const now = performance.now();
  for (const publisher of publishers) publisher.send(now);
}, SEND_TIMER_MS);
setInterval(() => {
  const now = performance.now();
  for (const participant of participants) participant.handleTimeout(now);
}, TIMER_MS);
