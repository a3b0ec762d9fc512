import { crc32 } from 'node:zlib';

/** A host candidate, component 1 (RFC 8445 section 5.1.1); over TCP a passive one (RFC 6544 section 4.1). */
export interface HostCandidate {
  readonly foundation: string;
  readonly protocol: 'udp' | 'tcp';
  readonly priority: number;
  readonly ip: string;
  readonly port: number;
}

/** Recommended for host candidates (RFC 8445 section 5.1.2.2). */
const HOST_TYPE_PREFERENCE = 126;

/** Below UDP's of every type but relayed ones (RFC 6544 section 4.2); libwebrtc's value for TCP. */
const TCP_TYPE_PREFERENCE = 90;

/** Direction preference of passive candidates, in the upper 3 bits of the local preference (RFC 6544 section 4.2). */
const PASSIVE_PREFERENCE = 4 << 13;

/** The only component, RTP and RTCP being multiplexed. */
const COMPONENT = 1;

/** Candidates for addresses of this machine, IPv4 or IPv6, the one to be preferred first; 8,192 of them at most. */
export function hostCandidates(
  addresses: readonly { ip: string; port: number }[],
  protocol: 'udp' | 'tcp' = 'udp',
): HostCandidate[] {
  return addresses.map(({ ip, port }, index) => ({
    // Equal exactly for candidates of the same type, address and protocol (RFC 8445 section 5.1.1.3).
    foundation: crc32(`host ${protocol} ${ip}`).toString(),
    protocol,
    priority:
      protocol === 'udp'
        ? candidatePriority(HOST_TYPE_PREFERENCE, 65_535 - index, COMPONENT)
        : candidatePriority(TCP_TYPE_PREFERENCE, PASSIVE_PREFERENCE + 8_191 - index, COMPONENT),
    ip,
    port,
  }));
}

/** Candidate priority (RFC 8445 section 5.1.2.1): preferences 0–126 and 0–65535, component 1–256. */
export function candidatePriority(
  typePreference: number,
  localPreference: number,
  component: number,
): number {
  return typePreference * 2 ** 24 + localPreference * 2 ** 8 + (256 - component);
}
