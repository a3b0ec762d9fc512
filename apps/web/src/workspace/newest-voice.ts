import type { Community, VoiceNow } from '@parley/contract';

/** What was told of calls meanwhile is not forgotten for an answer that was older. */
export function newestVoice(before: VoiceNow, next: VoiceNow): VoiceNow {
  const known = new Map(before.channels.map((state) => [state.channel_id, state]));
  const channels = next.channels.map((state) => {
    const other = known.get(state.channel_id);
    known.delete(state.channel_id);
    return other !== undefined && other.revision > state.revision ? other : state;
  });
  const newer = [...known.values()].filter(({ revision }) => revision > next.revision);
  return { revision: next.revision, channels: [...channels, ...newer] };
}

/** A community as it was answered, with the newest that is known of its calls. */
export function withNewestVoice(before: Community | undefined, next: Community): Community {
  if (before === undefined) return next;
  return { ...next, voice: newestVoice(before.voice, next.voice) };
}
