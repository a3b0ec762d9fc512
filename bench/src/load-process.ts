import { randomBytes } from 'node:crypto';
import { Publisher } from './client/publisher.js';
import { Subscriber } from './client/subscriber.js';
import type {
  LoadCommandName,
  LoadCommands,
  LoadRequest,
  LoadResponse,
  PacketCount,
  PublishCommand,
  SubscribeCommand,
  SubscribeResult,
} from './load-commands.js';

/** Has timers of its own to be called. */
interface Timed {
  handleTimers(now: number): void;
}

const TIMER_MS = 5;

const clock = { now: () => performance.now(), random: (bytes: number) => new Uint8Array(randomBytes(bytes)) };
const timed = new Set<Timed>();
const subscribers = new Set<Subscriber>();

async function publish({
  packetSize,
  packetsPerFrame,
  framesPerSecond,
  url,
  token,
}: PublishCommand): Promise<null> {
  const options = {
    ...clock,
    wall: () => Date.now(),
    url,
    token,
    packetSize,
    packetsPerFrame,
    framesPerSecond,
  };
  timed.add(await Publisher.publish(options, (participant) => timed.add(participant)));
  return null;
}

async function subscribe({ url, tokens, concurrency }: SubscribeCommand): Promise<SubscribeResult> {
  const millisecondsToMedia: number[] = [];
  const waiting = tokens.values();
  const joinNext = async () => {
    for (const token of waiting) {
      const { subscriber, ...joined } = await Subscriber.subscribe({ ...clock, url, token }, (participant) =>
        timed.add(participant),
      );
      timed.add(subscriber);
      subscribers.add(subscriber);
      millisecondsToMedia.push(joined.millisecondsToMedia);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, joinNext));
  return { millisecondsToMedia };
}

function count(): PacketCount {
  const total: PacketCount = { received: 0, lost: 0 };
  for (const subscriber of subscribers) {
    total.received += subscriber.received;
    total.lost += subscriber.lost;
  }
  return total;
}

function leave(): null {
  for (const subscriber of subscribers) subscriber.close();
  subscribers.clear();
  timed.clear();
  return null;
}

function run(
  request: LoadRequest,
): Promise<LoadCommands[LoadCommandName]['gives']> | LoadCommands[LoadCommandName]['gives'] {
  switch (request.name) {
    case 'publish':
      return publish(request.argument);
    case 'subscribe':
      return subscribe(request.argument);
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
  const now = clock.now();
  for (const one of timed) one.handleTimers(now);
}, TIMER_MS);
