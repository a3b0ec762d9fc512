import {
  noInput,
  ownAccount,
  ownSessions,
  passwordChange,
  sessionPath,
  setUpRequest,
  setUpState,
  signInRequest,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

/** Setting the workspace up, signing in and out, and one's own account. */
export const accountsApi = {
  setUpState: endpoint({ method: 'GET', path: '/api/v1/setup', input: noInput, output: setUpState }),
  setUp: endpoint({ method: 'POST', path: '/api/v1/setup', input: setUpRequest, output: setUpState }),
  signIn: endpoint({ method: 'POST', path: '/api/v1/session', input: signInRequest, output: noInput }),
  signOut: endpoint({ method: 'DELETE', path: '/api/v1/session', input: noInput, output: noInput }),
  me: endpoint({ method: 'GET', path: '/api/v1/me', input: noInput, output: ownAccount }),
  changePassword: endpoint({
    ...{ method: 'POST', path: '/api/v1/me/password', input: passwordChange, output: noInput },
  }),
  sessions: endpoint({ method: 'GET', path: '/api/v1/sessions', input: noInput, output: ownSessions }),
  endSession: endpoint({
    ...{ method: 'DELETE', path: '/api/v1/sessions/:id', input: sessionPath, output: noInput },
  }),
};
