import { secretUrls, section, text } from '@parley/core/config';

export const webhooksSection = section({
  /** Receivers of all events. */
  urls: secretUrls('a list of URLs that begin with http:// or https://, without user and password').default(
    [],
  ),
  /** Absent: the first of `keys`. */
  api_key: text('one of the API keys').optional(),
});
