import type { ParticipantView, VideoTrack } from '../call/participants.js';
import { texts } from '../texts/texts.js';

/** One picture on the stage: a participant's camera, or their shared screen. */
export interface TileModel {
  key: string;
  source: 'camera' | 'screen';
  participant: ParticipantView;
  video: VideoTrack | undefined;
  /** The picture stands still, as the own connection has no room for it. */
  isPaused: boolean;
}

/** Tiles of a participant as they are now: what did not change is the same object, and is not drawn again. */
const tilesByParticipant = new WeakMap<ParticipantView, Record<TileModel['source'], TileModel>>();

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
  const { stage, people } = texts;
  const name = participant.isLocal ? participant.name + people.youAfterName : participant.name;
  if (source === 'screen') return stage.screenLabel(name, isPaused);
  const states = [
    participant.isAway ? stage.states.away : undefined,
    participant.isMicrophoneOn ? undefined : stage.states.muted,
    participant.camera === undefined ? stage.states.cameraOff : undefined,
    isPaused ? stage.states.paused : undefined,
    participant.isSpeaking ? stage.states.speaking : undefined,
    participant.handRaisedAt === undefined ? undefined : stage.states.handRaised,
    participant.connection === 'good' ? undefined : stage.states.poorConnection,
  ].filter((state) => state !== undefined);
  return [name, ...states].join(', ');
}

function tile(participant: ParticipantView, source: TileModel['source']): TileModel {
  let known = tilesByParticipant.get(participant);
  if (known === undefined) {
    known = { camera: makeTile(participant, 'camera'), screen: makeTile(participant, 'screen') };
    tilesByParticipant.set(participant, known);
  }
  return known[source];
}

function makeTile(participant: ParticipantView, source: TileModel['source']): TileModel {
  return {
    key: `${participant.identity}:${source}`,
    source,
    participant,
    video: source === 'screen' ? participant.screen : participant.camera,
    isPaused: source === 'screen' ? participant.isScreenPaused : participant.isCameraPaused,
  };
}
