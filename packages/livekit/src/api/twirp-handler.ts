import type { Message, MessageType } from '@bufbuild/protobuf';
import { AccessTokenError, bearerToken, type AccessTokenVerifier } from '@parley/access';
import { LimitError } from '@parley/sfu';
import type { Log } from '../session-context.js';
import { CONTENT_TYPES, decodeRequest, encode, encodingOf } from './twirp-encoding.js';
import { TwirpError } from './twirp-error.js';
import type { TwirpMethod } from './twirp-method.js';

/** A POST to `/twirp/…`, as it came over HTTP. */
export interface TwirpRequest {
  /** Such as `/twirp/livekit.RoomService/CreateRoom`. */
  path: string;
  /** The headers, empty if there are none. */
  contentType: string;
  authorization: string;
  body: Uint8Array;
}

export interface TwirpResponse {
  status: number;
  /** To be sent as it is: clients compare the whole of it. */
  contentType: string;
  body: Uint8Array;
}

export interface TwirpHandlerOptions {
  /** By full name, such as `livekit.RoomService`; then by name of the method. */
  services: Readonly<Record<string, ReadonlyMap<string, TwirpMethod>>>;
  verifier: AccessTokenVerifier;
  log: Log;
}

const PATH = /^\/twirp\/([\w.]+)\/(\w+)$/;

/** Answers Twirp calls (https://twitchtv.github.io/twirp/docs/spec_v7.html) in protobuf and in JSON. */
export class TwirpHandler {
  readonly #options: TwirpHandlerOptions;

  constructor(options: TwirpHandlerOptions) {
    this.#options = options;
  }

  /** Never rejects: what goes wrong is the answer. */
  async handle(request: TwirpRequest): Promise<TwirpResponse> {
    const { log, verifier } = this.#options;
    try {
      const method = this.#method(request.path);
      const encoding = encodingOf(request.contentType);
      const grants = await verifier.verify(bearerToken(request.authorization) ?? '');
      const read = <T extends Message<T>>(type: MessageType<T>): T =>
        decodeRequest(type, encoding, request.body);
      const response = await method({ grants, read });
      log('debug', { path: request.path, apiKey: grants.apiKey }, 'The server API was called.');
      return { status: 200, contentType: CONTENT_TYPES[encoding], body: encode(response, encoding) };
    } catch (error) {
      const refusal = asTwirpError(error);
      const fields = { path: request.path, code: refusal.code };
      if (refusal === error || refusal.code !== 'internal')
        log('info', fields, `A call of the server API was refused: ${refusal.message}.`);
      else log('error', { ...fields, error: errorText(error) }, 'A call of the server API failed.');
      return twirpRefusal(refusal);
    }
  }

  #method(path: string): TwirpMethod {
    const [, service = '', name = ''] = PATH.exec(path) ?? [];
    const { services } = this.#options;
    const method = Object.hasOwn(services, service) ? services[service]?.get(name) : undefined;
    if (!method) throw new TwirpError('bad_route', `no handler for path "${path}"`);
    return method;
  }
}

/** The answer to a call that is refused. */
export function twirpRefusal(error: TwirpError): TwirpResponse {
  const body = new TextEncoder().encode(error.toJsonString());
  return { status: error.status, contentType: CONTENT_TYPES.json, body };
}

/** What is no fault of the caller's stays in the log. */
function asTwirpError(error: unknown): TwirpError {
  if (error instanceof TwirpError) return error;
  if (error instanceof AccessTokenError) return new TwirpError('unauthenticated', error.message);
  if (error instanceof LimitError) return new TwirpError('resource_exhausted', error.message);
  return new TwirpError('internal', 'internal error');
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
