import { gzipSync } from 'node:zlib';
import {
  ClientInfo,
  ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  SignalResponse,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import { WebSocket } from 'ws';

export interface UpgradeAnswer {
  /** HTTP status; 101 when the socket was opened. */
  status: number;
  text: string;
  socket: WebSocket | undefined;
  /** What the server has sent so far. */
  messages: SignalResponse['message'][];
}

/** The value of `join_request` as clients send it: protobuf in gzip in protobuf in padded base64url. */
export function joinRequest(): string {
  const request = new JoinRequest({
    clientInfo: new ClientInfo({ sdk: ClientInfo_SDK.JS, version: '2.23.0', protocol: 17 }),
    connectionSettings: new ConnectionSettings({ autoSubscribe: true }),
  });
  const wrapped = new WrappedJoinRequest({
    compression: WrappedJoinRequest_Compression.GZIP,
    joinRequest: gzipSync(request.toBinary()),
  });
  const text = Buffer.from(wrapped.toBinary()).toString('base64url');
  return encodeURIComponent(text.padEnd(Math.ceil(text.length / 4) * 4, '='));
}

/** Opens a signalling connection by hand; never rejects, a refusal is an answer too. */
export function upgrade(
  url: string,
  options: { token?: string; query?: string } = {},
): Promise<UpgradeAnswer> {
  const { token, query = `join_request=${joinRequest()}` } = options;
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url}/rtc/v1?${query}`, {
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    });
    const messages: UpgradeAnswer['messages'] = [];
    // Listened to before it is open: the first message may come along with the upgrade.
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) messages.push(SignalResponse.fromBinary(data).message);
    });
    socket.once('open', () => resolve({ status: 101, text: '', socket, messages }));
    socket.once('unexpected-response', (_, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          socket: undefined,
          messages,
        }),
      );
    });
    socket.on('error', (error) => resolve({ status: 0, text: error.message, socket: undefined, messages }));
  });
}
