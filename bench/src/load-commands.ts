/** What the parent asks a load process to do, by name, with what it takes and gives back. */
export interface LoadCommands {
  /** Publish one video track until the end. */
  publish: { takes: PublishCommand; gives: null };
  /** Join with each token and receive; resolves when media has come to all. */
  subscribe: { takes: SubscribeCommand; gives: SubscribeResult };
  /** Packets so far, over all subscribers that are there. */
  count: { takes: null; gives: PacketCount };
  /** All subscribers leave. */
  leave: { takes: null; gives: null };
}

export interface PublishCommand {
  url: string;
  token: string;
  packetSize: number;
  packetsPerFrame: number;
  framesPerSecond: number;
}

export interface SubscribeCommand {
  url: string;
  tokens: string[];
  /** How many join at the same time. */
  concurrency: number;
}

export interface SubscribeResult {
  /** For each: from opening the WebSocket to the first media packet. */
  millisecondsToMedia: number[];
}

export interface PacketCount {
  received: number;
  lost: number;
}

export type LoadCommandName = keyof LoadCommands;

/** A command on its way to the load process. */
export type LoadRequest = {
  [Name in LoadCommandName]: { id: number; name: Name; argument: LoadCommands[Name]['takes'] };
}[LoadCommandName];

/** Its result, or why there is none. */
export interface LoadResponse {
  id: number;
  result?: LoadCommands[LoadCommandName]['gives'];
  error?: string;
}
