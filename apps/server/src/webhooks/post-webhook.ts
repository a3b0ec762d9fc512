/** Posts one event; answers the HTTP status, or rejects when there is no answer. */
export type PostWebhook = (
  url: string,
  event: { authorization: string; body: string },
  signal: AbortSignal,
) => Promise<number>;

/** Milliseconds for one attempt. */
const TIMEOUT = 10_000;

/** Over the network. Redirects are not followed: the signed event is for the configured receiver alone. */
export const postWebhook: PostWebhook = async (url, { authorization, body }, signal) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/webhook+json' },
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
  });
  // What it says is of no interest, but the connection waits to be read.
  await response.body?.cancel();
  return response.status;
};
