export { PASSWORD_LENGTH, PasswordHasher, passwordMistake, type PasswordMistake } from './password.js';
export {
  hashSecret,
  judgeSession,
  parseSessionToken,
  SESSION_LIMITS,
  sessionToken,
  type SessionLimits,
  type SessionSecrets,
  type SessionToken,
  type SessionVerdict,
} from './session-token.js';
export { isSetUpCode, newSetUpCode } from './set-up-code.js';
export { SignInThrottle, type SignInThrottleLimits } from './sign-in-throttle.js';
export {
  parseUserName,
  USER_NAME_LENGTH,
  userNameKey,
  type UserName,
  type UserNameMistake,
} from './user-name.js';
export { AccountError, type AccountErrorCode } from './account-error.js';
export {
  AccountService,
  type AccountServiceOptions,
  type SetUp,
  type SetUpState,
} from './account-service.js';
export type { Credentials } from './new-account.js';
export {
  SessionService,
  type Account,
  type Authenticated,
  type Device,
  type SessionInfo,
} from './session-service.js';
