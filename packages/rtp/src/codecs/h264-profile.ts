/** H.264 profiles that WebRTC peers offer. */
export type H264Profile =
  'constrained-baseline' | 'baseline' | 'main' | 'high' | 'constrained-high' | 'high-444';

/** What a missing profile-level-id stands for (RFC 6184 section 8.1): baseline, level 1. */
const DEFAULT_PROFILE_LEVEL_ID = '42000a';

/** The constraint set bits that take part in telling profiles apart: sets 0, 1, 3, 4 and 5. */
interface ProfilePattern {
  profileIdc: number;
  mask: number;
  bits: number;
  profile: H264Profile;
}

/** RFC 6184 table 5, and the constrained high profile of ITU-T H.264 A.2.4.2. */
const PATTERNS: readonly ProfilePattern[] = [
  { profileIdc: 0x42, mask: 0x4f, bits: 0x40, profile: 'constrained-baseline' },
  { profileIdc: 0x4d, mask: 0x8f, bits: 0x80, profile: 'constrained-baseline' },
  { profileIdc: 0x58, mask: 0xcf, bits: 0xc0, profile: 'constrained-baseline' },
  { profileIdc: 0x42, mask: 0x4f, bits: 0x00, profile: 'baseline' },
  { profileIdc: 0x58, mask: 0xcf, bits: 0x80, profile: 'baseline' },
  { profileIdc: 0x4d, mask: 0xaf, bits: 0x00, profile: 'main' },
  { profileIdc: 0x64, mask: 0xff, bits: 0x00, profile: 'high' },
  { profileIdc: 0x64, mask: 0xff, bits: 0x0c, profile: 'constrained-high' },
  { profileIdc: 0xf4, mask: 0xff, bits: 0x00, profile: 'high-444' },
];

/** The profile that a `profile-level-id` parameter names; undefined when it is malformed or of no use in WebRTC. */
export function h264Profile(profileLevelId = DEFAULT_PROFILE_LEVEL_ID): H264Profile | undefined {
  if (!/^[0-9a-fA-F]{6}$/.test(profileLevelId)) {
    return undefined;
  }

  const profileIdc = Number.parseInt(profileLevelId.slice(0, 2), 16);
  const constraints = Number.parseInt(profileLevelId.slice(2, 4), 16);

  return PATTERNS.find(
    (pattern) => pattern.profileIdc === profileIdc && (constraints & pattern.mask) === pattern.bits,
  )?.profile;
}
