import { crc32 } from 'node:zlib';

/** A host candidate for UDP, component 1 (RFC 8445 section 5.1.1). */
export interface HostCandidate {
  readonly foundation: string;
  readonly priority: number;
  readonly ip: string;
  readonly port: number;
}

/** Recommended for host candidates (RFC 8445 section 5.1.2.2). */
const HOST_TYPE_PREFERENCE = 126;

/** The only component, RTP and RTCP being multiplexed. */
const COMPONENT = 1;

/** Candidates for addresses of this machine, IPv4 or IPv6, the one to be preferred first; 65,535 of them at most. */
export function hostCandidates(addresses: readonly { ip: string; port: number }[]): HostCandidate[] {
  return addresses.map(({ ip, port }, index) => ({
    // Equal exactly for candidates of the same type, address and protocol (RFC 8445 section 5.1.1.3).
    foundation: crc32(`host udp ${ip}`).toString(),
    priority: candidatePriority(HOST_TYPE_PREFERENCE, 65535 - index, COMPONENT),
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
