import { useQuery } from '@tanstack/react-query';
import { profileQuery } from './presence-queries.js';
import { StatusDialog } from './status-dialog.js';

/** One's own status, once it is known. */
export function OwnStatus({ onClose }: { onClose: () => void }) {
  const { data: profile } = useQuery(profileQuery);
  return profile === undefined ? null : <StatusDialog profile={profile} onClose={onClose} />;
}
