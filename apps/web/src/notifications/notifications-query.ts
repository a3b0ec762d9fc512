import { queryOptions } from '@tanstack/react-query';
import { notificationsApi } from '../api/notifications.js';

/** Of what one wants to be told. Events keep it current. */
export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: () => notificationsApi.load({}),
  staleTime: Infinity,
});
