import { DataPacket, DataPacket_Kind, RpcRequest } from '@livekit/protocol';
import type { RpcResponse } from '@livekit/protocol';
import type { Clock } from '@parley/core';
import type { Participant } from '@parley/sfu';
import { TwirpError, invalidArgument, type TwirpErrorCode } from './twirp-error.js';

export interface RpcCallOptions {
  method: string;
  payload: string;
  /** Milliseconds; 0 stands for the default, 15 seconds. */
  responseTimeout: number;
}

interface RpcCall {
  participant: Participant;
  /** When the client must have acknowledged the request; undefined once it has. */
  acknowledgedBy: number | undefined;
  answeredBy: number;
  resolve(payload: string): void;
  reject(error: TwirpError): void;
}

/** Bytes. */
const MAX_PAYLOAD_LENGTH = 15 * 1024;
const MAX_METHOD_LENGTH = 256;
/** Milliseconds. */
const ACKNOWLEDGE_TIMEOUT = 7000;
const DEFAULT_RESPONSE_TIMEOUT = 15_000;
const LONGEST_RESPONSE_TIMEOUT = 60_000;
const MAX_CALLS = 1000;
const ID_LENGTH = 16;

/** LiveKit's built-in RPC errors, by their numbers; the rest are the applications' own. */
const CODES: ReadonlyMap<number, TwirpErrorCode> = new Map([
  [1400, 'invalid_argument'],
  [1401, 'not_found'],
  [1402, 'malformed'],
  [1403, 'unimplemented'],
  [1404, 'unimplemented'],
  [1500, 'internal'],
  [1501, 'canceled'],
  [1502, 'canceled'],
  [1503, 'unavailable'],
  [1504, 'internal'],
  [1505, 'internal'],
]);

/** Remote procedure calls that the server makes to participants, over their data channels (LiveKit's RPC, version 1). */
export class RpcCalls {
  readonly #clock: Clock;
  readonly #random: (bytes: number) => Uint8Array;
  /** By request id. */
  readonly #calls = new Map<string, RpcCall>();

  constructor(clock: Clock, random: (bytes: number) => Uint8Array) {
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * Answers the payload of the client's response.
   *
   * @throws TwirpError when the request is too long, or the client does not answer, or with an error.
   */
  perform(participant: Participant, { method, payload, responseTimeout }: RpcCallOptions): Promise<string> {
    if (method.length > MAX_METHOD_LENGTH)
      throw invalidArgument('method', `the method is longer than ${MAX_METHOD_LENGTH} characters`);
    if (Buffer.byteLength(payload) > MAX_PAYLOAD_LENGTH) throw rpcError(1402, 'Request payload too large');
    if (this.#calls.size >= MAX_CALLS)
      throw new TwirpError('resource_exhausted', `${MAX_CALLS} RPC calls wait for their answers already`);
    const now = this.#clock.now();
    const timeout = Math.min(responseTimeout || DEFAULT_RESPONSE_TIMEOUT, LONGEST_RESPONSE_TIMEOUT);
    const id = Buffer.from(this.#random(ID_LENGTH)).toString('hex');
    return new Promise((resolve, reject) => {
      const acknowledgedBy = now + ACKNOWLEDGE_TIMEOUT;
      this.#calls.set(id, { participant, acknowledgedBy, answeredBy: now + timeout, resolve, reject });
      const value = new RpcRequest({ id, method, payload, responseTimeoutMs: timeout, version: 1 });
      // The client answers to the identity of the caller: the id is one that no participant has.
      const packet = new DataPacket({
        kind: DataPacket_Kind.RELIABLE,
        participantIdentity: id,
        value: { case: 'rpcRequest', value },
      });
      participant.deliverData('reliable', packet.toBinary());
    });
  }

  /** Takes a participant's packet if it belongs to one of these calls; false when it is for somebody else. */
  receive(participant: Participant, { value }: DataPacket): boolean {
    if (value.case !== 'rpcAck' && value.case !== 'rpcResponse') return false;
    const call = this.#calls.get(value.value.requestId);
    if (call?.participant !== participant) return false;
    if (value.case === 'rpcAck') {
      call.acknowledgedBy = undefined;
    } else {
      this.#calls.delete(value.value.requestId);
      settle(call, value.value);
    }
    return true;
  }

  /** Calls are looked at as often as may be: their participants may leave. Infinity while there are none. */
  get deadline(): number {
    return this.#calls.size === 0 ? Infinity : 0;
  }

  /** Ends the calls whose time is over or whose participant has left. */
  handleTimeout(now: number): void {
    for (const [id, call] of this.#calls) {
      const error = failure(call, now);
      if (!error) continue;
      this.#calls.delete(id);
      call.reject(error);
    }
  }
}

function settle(call: RpcCall, { value }: RpcResponse): void {
  if (value.case === 'payload') call.resolve(value.value);
  else if (value.case === 'error')
    call.reject(rpcError(value.value.code, value.value.message, value.value.data));
  else call.reject(rpcError(1404, 'Unsupported RPC version'));
}

function failure(call: RpcCall, now: number): TwirpError | undefined {
  if (call.participant.state === 'disconnected') return rpcError(1503, 'Recipient disconnected');
  if (call.acknowledgedBy !== undefined && now >= call.acknowledgedBy)
    return rpcError(1501, 'Connection timeout');
  return now >= call.answeredBy ? rpcError(1502, 'Response timeout') : undefined;
}

function rpcError(code: number, message: string, data = ''): TwirpError {
  const text = `RpcError ${code}: ${message}${data === '' ? '' : `: ${data}`}`;
  return new TwirpError(CODES.get(code) ?? 'unknown', text);
}
