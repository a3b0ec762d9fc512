/** A server under measurement, in a process of its own. */
export interface MediaServer {
  /** `ws://host:port` of its signalling. */
  readonly url: string;
  readonly pid: number;
  /** Access token for one participant. */
  token(room: string, identity: string): Promise<string>;
  stop(): Promise<void>;
}

/** A server that can be measured: a fresh one for each scenario. */
export interface MediaServerKind {
  readonly name: ServerName;
  /** As the report calls it. */
  readonly title: string;
  /** @param cores It runs on these alone; on all where there are none. */
  start(cores: readonly number[] | undefined): Promise<MediaServer>;
}

export const serverNames = ['parley', 'livekit'] as const;
export type ServerName = (typeof serverNames)[number];
