import type { AnyMessage, Message, MessageType } from '@bufbuild/protobuf';
import type { AccessGrants } from '@parley/access';

/** A call that came to a method: who calls, and its request once its type is known. */
export interface TwirpCall {
  grants: AccessGrants;
  /** @throws TwirpError when the body is not a message of this type. */
  read: <Request extends Message<Request>>(type: MessageType<Request>) => Request;
}

/** One method of a service. Refuses with a TwirpError. */
export type TwirpMethod = (call: TwirpCall) => Promise<AnyMessage>;

/** Makes a method of a function from request to response. */
export function twirpMethod<Request extends Message<Request>>(
  type: MessageType<Request>,
  handle: (request: Request, grants: AccessGrants) => AnyMessage | Promise<AnyMessage>,
): TwirpMethod {
  return async ({ grants, read }) => handle(read(type), grants);
}
