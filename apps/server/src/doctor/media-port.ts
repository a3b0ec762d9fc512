import { isIPv6 } from 'node:net';
import type { Config } from '../config/schema.js';
import { errorCode, errorText } from '@parley/core';
import { change, ok } from './finding.js';
import type { Finding } from './finding.js';
import { MediaProbe } from './media-probe.js';
import type { Protocol } from './media-probe.js';

const VERSION_TIMEOUT = 2_000;

/** Whether the media port can be used; those that can are in `probes`, for the caller to close. */
export async function checkMediaPort(config: Config, probes: MediaProbe[]): Promise<Finding[]> {
  const { bind, tcp } = config.media;
  const protocols: readonly Protocol[] = tcp === 'on' ? ['UDP', 'TCP'] : ['UDP'];
  const findings: Finding[] = [];
  for (const host of bind.length > 0 ? bind : ['0.0.0.0']) {
    for (const protocol of protocols) findings.push(await checkOne(protocol, host, config, probes));
  }
  return findings;
}

/** Whether a Parley with this configuration is running, by its own word. */
export async function parleyRuns({ http }: Config): Promise<boolean> {
  const host = http.host === '0.0.0.0' || http.host === '::' ? 'localhost' : http.host;
  return isParley(`http://${isIPv6(host) ? `[${host}]` : host}:${http.port}`);
}

/** Whether Parley answers at that URL. */
export async function isParley(url: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/version', url), { signal: AbortSignal.timeout(VERSION_TIMEOUT) });
    return (await response.text()).startsWith('{"name":"parley"');
  } catch {
    return false;
  }
}

async function checkOne(
  protocol: Protocol,
  host: string,
  config: Config,
  probes: MediaProbe[],
): Promise<Finding> {
  // TCP has the number that UDP got, should the system choose.
  const port = probes.find((probe) => probe.host === host)?.port ?? config.media.port;
  const where = `${protocol} port ${config.media.port} on ${host}`;
  try {
    const probe = await MediaProbe.open(protocol, host, port);
    probes.push(probe);
    const target = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
    return (await probe.isReachedBy(target, probe.port))
      ? ok(`${where} can be used and reached on this machine`)
      : change(`${where} hears nothing even from this machine: let the firewall pass ${protocol} to it`);
  } catch (error) {
    return bindFailure(error, where, host, protocol, config);
  }
}

async function bindFailure(
  error: unknown,
  where: string,
  host: string,
  protocol: Protocol,
  config: Config,
): Promise<Finding> {
  switch (errorCode(error)) {
    case 'EADDRINUSE': {
      if (await parleyRuns(config)) return ok(`${where} is in use, and Parley is running here`);
      const without = protocol === 'TCP' ? ', or media.tcp (PARLEY_MEDIA_TCP) to off' : '';
      return change(
        `${where} is in use: stop the other program or set media.port (PARLEY_MEDIA_PORT) to another${without}`,
      );
    }
    case 'EACCES':
      return change(
        `${where} may not be used by this user: set media.port (PARLEY_MEDIA_PORT) to 1024 or higher`,
      );
    case 'EADDRNOTAVAIL':
      return change(`${host} is no address of this machine: change media.bind (PARLEY_MEDIA_BIND)`);
    default:
      return change(`${where} cannot be used: ${errorText(error)}`);
  }
}
