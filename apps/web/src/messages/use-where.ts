import { useQuery } from '@tanstack/react-query';
import { placesIn } from '../finding/places.js';
import { startQuery } from '../finding/start-query.js';

/** The channel or conversation of a message; undefined until it is known. */
export function useWhere(channelId: string) {
  const { data } = useQuery(startQuery);
  return data && placesIn(data).find(({ key }) => key === `channel:${channelId}`);
}
