import {
  member,
  memberRolePath,
  newRole,
  noInput,
  role,
  roleChange,
  roleMove,
  rolePath,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

const ALL = '/api/v1/communities/:id/roles';
const ONE = `${ALL}/:role_id`;
const GIVEN = '/api/v1/communities/:id/members/:user_id/roles/:role_id';

/** Roles of a community, and who has them. */
export const rolesApi = {
  create: endpoint({ method: 'POST', path: ALL, input: newRole, output: role }),
  change: endpoint({ method: 'PATCH', path: ONE, input: roleChange, output: role }),
  delete: endpoint({ method: 'DELETE', path: ONE, input: rolePath, output: noInput }),
  move: endpoint({ method: 'POST', path: `${ONE}/move`, input: roleMove, output: noInput }),
  give: endpoint({ method: 'PUT', path: GIVEN, input: memberRolePath, output: member }),
  take: endpoint({ method: 'DELETE', path: GIVEN, input: memberRolePath, output: member }),
};
