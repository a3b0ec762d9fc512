import type { ParticipantView, VideoTrack } from '../call/participants.js';

/** One picture on the stage: a participant's camera, or their shared screen. */
export interface TileModel {
  key: string;
  source: 'camera' | 'screen';
  participant: ParticipantView;
  video: VideoTrack | undefined;
  /** The picture stands still, as the own connection has no room for it. */
  isPaused: boolean;
}

/** The stage's pictures: shared screens first, then everybody. */
export function tilesOf(participants: readonly ParticipantView[]): TileModel[] {
  const screens = participants.filter((participant) => participant.isSharing);
  return [
    ...screens.map((participant) => tile(participant, 'screen')),
    ...participants.map((participant) => tile(participant, 'camera')),
  ];
}

/**
 * Which tile is the large one: what was pinned, else another's shared screen, else who spoke last, else the first
 * other. One's own screen is large only when nobody else is there: one sees it anyway.
 */
export function focusedTile(
  tiles: readonly TileModel[],
  pinned: string | undefined,
  speaker: string | undefined,
): TileModel | undefined {
  return (
    tiles.find((candidate) => candidate.key === pinned) ??
    tiles.find((candidate) => candidate.source === 'screen' && !candidate.participant.isLocal) ??
    tiles.find((candidate) => candidate.source === 'camera' && candidate.participant.identity === speaker) ??
    tiles.find((candidate) => !candidate.participant.isLocal) ??
    tiles[0]
  );
}

/** What a screen reader says of a tile. */
export function describeTile({ source, participant, isPaused }: TileModel): string {
  const name = participant.isLocal ? `${participant.name} (you)` : participant.name;
  if (source === 'screen') return `Screen of ${name}${isPaused ? ', paused' : ''}`;
  const states = [
    participant.isMicrophoneOn ? undefined : 'microphone off',
    participant.camera === undefined ? 'camera off' : undefined,
    isPaused ? 'picture paused' : undefined,
    participant.isSpeaking ? 'speaking' : undefined,
    participant.handRaisedAt === undefined ? undefined : 'hand raised',
    participant.connection === 'good' ? undefined : 'poor connection',
  ].filter((state) => state !== undefined);
  return [name, ...states].join(', ');
}

function tile(participant: ParticipantView, source: TileModel['source']): TileModel {
  return {
    key: `${participant.identity}:${source}`,
    source,
    participant,
    video: source === 'screen' ? participant.screen : participant.camera,
    isPaused: source === 'screen' ? participant.isScreenPaused : participant.isCameraPaused,
  };
}
