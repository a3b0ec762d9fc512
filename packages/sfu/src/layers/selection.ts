/** What becomes of a packet of a stream with layers. */
export const Selection = {
  DROP: 0,
  FORWARD: 1,
  /** As `FORWARD`, with the RTP marker set: nothing more of the picture is forwarded. */
  FORWARD_MARKED: 2,
  /** As `FORWARD`, and the first packet of another layer's stream: numbers and time must be made to go on. */
  SWITCH: 3,
} as const;

export type Selection = (typeof Selection)[keyof typeof Selection];

/** No layer: nothing is forwarded, or nothing is wanted. */
export const NO_LAYER = -1;

/** All layers there can be. */
export const ALL_LAYERS = 7;
