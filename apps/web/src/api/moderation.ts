import {
  banPage,
  banPath,
  banQuery,
  member,
  memberChange,
  memberPage,
  memberPath,
  memberQuery,
  memberTimeout,
  newBan,
  noInput,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

const MEMBERS = '/api/v1/communities/:id/members';
const MEMBER = `${MEMBERS}/:user_id`;
const BANS = '/api/v1/communities/:id/bans';
const BAN = `${BANS}/:user_id`;

/** The members of a community, and what is done about them. */
export const moderationApi = {
  members: endpoint({ method: 'GET', path: MEMBERS, input: memberQuery, output: memberPage }),
  member: endpoint({ method: 'GET', path: MEMBER, input: memberPath, output: member }),
  rename: endpoint({ method: 'PATCH', path: MEMBER, input: memberChange, output: member }),
  kick: endpoint({ method: 'DELETE', path: MEMBER, input: memberPath, output: noInput }),
  timeOut: endpoint({ method: 'PUT', path: `${MEMBER}/timeout`, input: memberTimeout, output: noInput }),
  endTimeout: endpoint({ method: 'DELETE', path: `${MEMBER}/timeout`, input: memberPath, output: noInput }),
  bans: endpoint({ method: 'GET', path: BANS, input: banQuery, output: banPage }),
  ban: endpoint({ method: 'PUT', path: BAN, input: newBan, output: noInput }),
  unban: endpoint({ method: 'DELETE', path: BAN, input: banPath, output: noInput }),
};
