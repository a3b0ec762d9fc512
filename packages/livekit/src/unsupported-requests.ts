import type { SignalRequest } from '@livekit/protocol';
import { RequestResponse, RequestResponse_Reason } from '@livekit/protocol';

/** A request that Parley does not serve; one without a case is of a kind that a newer protocol added. */
export type UnsupportedRequest = Extract<
  SignalRequest['message'],
  {
    case?:
      | 'publishDataTrackRequest'
      | 'unpublishDataTrackRequest'
      | 'updateDataSubscription'
      | 'storeDataBlobRequest'
      | 'getDataBlobRequest'
      | 'simulate'
      | undefined;
  }
>;

/** The answer to a request that is not served, so that its client does not wait for another. */
export function unsupportedResponse(request: UnsupportedRequest): RequestResponse {
  const unsupported = { reason: RequestResponse_Reason.UNSUPPORTED_TYPE };
  switch (request.case) {
    case 'publishDataTrackRequest':
      return new RequestResponse({
        ...unsupported,
        message: 'data tracks are not supported',
        request: { case: 'publishDataTrack', value: request.value },
      });
    case 'unpublishDataTrackRequest':
      return new RequestResponse({
        ...unsupported,
        message: 'data tracks are not supported',
        request: { case: 'unpublishDataTrack', value: request.value },
      });
    case 'updateDataSubscription':
      return new RequestResponse({ ...unsupported, message: 'data tracks are not supported' });
    case 'storeDataBlobRequest':
    case 'getDataBlobRequest':
      // LiveKit's answer where data blobs are switched off, as they are by default.
      return new RequestResponse({
        requestId: request.value.requestId,
        reason: RequestResponse_Reason.NOT_ALLOWED,
        message: 'data blobs are not supported',
      });
    case 'simulate':
      return new RequestResponse({ ...unsupported, message: 'simulated faults are not supported' });
    case undefined:
      return new RequestResponse({ ...unsupported, message: 'the request is of an unknown kind' });
  }
}
