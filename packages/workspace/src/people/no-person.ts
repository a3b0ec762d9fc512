import { WorkspaceError } from '../workspace-error.js';

export function noPerson(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such person.');
}
