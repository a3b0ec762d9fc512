import type { Config } from '../config/schema.js';
import { change, note, ok } from './finding.js';
import type { Finding } from './finding.js';
import type { Machine } from './machine.js';

/** Parley is younger than this, and what is later than 2100 is no time of a clock that is right. */
const EARLIEST = Date.UTC(2025, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
/** Milliseconds that two clocks may differ: half of what is forgiven in tokens. */
const TOLERANCE = 30_000;
/** Milliseconds that the clock may be moved while the checks run. */
const STEP_TOLERANCE = 250;
const TIMEOUT = 3_000;

/** What both clocks said at one time. */
export interface ClockReading {
  wall: number;
  now: number;
}

/**
 * The clock, compared with the `Date` that web servers name: the one of `url`, or those that webhooks go to. No other
 * server is asked, so that it works in closed networks.
 *
 * @param began What the clocks said when the checks began: since then they must have gone on alike.
 */
export async function checkClock(
  config: Config,
  machine: Machine,
  url: string | undefined,
  began: ClockReading,
): Promise<Finding> {
  const time = new Date(machine.wall()).toISOString();
  const says = `The clock says ${time}`;
  if (machine.wall() < EARLIEST || machine.wall() >= LATEST) {
    return change(`${says}: set it (NTP keeps it right), as tokens are refused until it is right`);
  }
  const stepped = machine.wall() - began.wall - (machine.now() - began.now);
  if (Math.abs(stepped) > STEP_TOLERANCE) {
    return change(
      `The clock was moved by ${seconds(stepped)} while this ran: have one program alone set it, and in small steps`,
    );
  }
  const origins = [...new Set([...(url === undefined ? [] : [url]), ...config.webhooks.urls].map(originOf))];
  for (const origin of origins) {
    const ahead = await aheadOf(origin, machine);
    if (ahead === undefined) continue;
    return Math.abs(ahead) <= TOLERANCE
      ? ok(`${says}, as does that of ${origin}`)
      : change(
          `The clock is ${seconds(ahead)} ${ahead > 0 ? 'ahead of' : 'behind'} that of ${origin}: set the one that is wrong (NTP keeps it right), as tokens are refused when they differ by more than a minute`,
        );
  }
  return origins.length === 0
    ? ok(`${says}, and there is none to compare it with: "--url" or webhooks.urls names one`)
    : note(`${says}, and cannot be compared: ${origins.join(', ')} says nothing of its own`);
}

/** Milliseconds that the clock here is ahead of a web server's; undefined when that says nothing. */
async function aheadOf(origin: string, machine: Machine): Promise<number | undefined> {
  try {
    const sent = machine.wall();
    const { headers } = await fetch(origin, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const there = Date.parse(headers.get('date') ?? '');
    // It was said between the two times here, and cut to a whole second.
    return Number.isNaN(there) ? undefined : (sent + machine.wall()) / 2 - (there + 500);
  } catch {
    return undefined;
  }
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function seconds(milliseconds: number): string {
  return `${(Math.abs(milliseconds) / 1_000).toFixed(1)} s`;
}
