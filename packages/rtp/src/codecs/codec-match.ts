import { isSameMimeType, MimeType, type Codec } from './codec.js';
import { h264Profile } from './h264-profile.js';

/**
 * Whether what one side sends as `a` the other decodes as `b`: the parameters that make a format another format agree.
 * H.264 levels are left out, since a receiver states the level that it takes.
 */
export function codecsMatch(a: Codec, b: Codec): boolean {
  if (
    !isSameMimeType(a.mimeType, b.mimeType) ||
    a.clockRate !== b.clockRate ||
    (a.channels ?? 1) !== (b.channels ?? 1)
  ) {
    return false;
  }
  if (isSameMimeType(a.mimeType, MimeType.H264)) {
    const profile = h264Profile(a.parameters['profile-level-id']);

    return (
      profile !== undefined &&
      profile === h264Profile(b.parameters['profile-level-id']) &&
      (a.parameters['packetization-mode'] ?? '0') === (b.parameters['packetization-mode'] ?? '0')
    );
  }
  if (isSameMimeType(a.mimeType, MimeType.VP9)) {
    return (a.parameters['profile-id'] ?? '0') === (b.parameters['profile-id'] ?? '0');
  }
  if (isSameMimeType(a.mimeType, MimeType.AV1)) {
    return (a.parameters.profile ?? '0') === (b.parameters.profile ?? '0');
  }

  return true;
}
