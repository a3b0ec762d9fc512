export {
  AccessTokenError,
  AccessTokenVerifier,
  bearerToken,
  claimedSeat,
  createAccessToken,
  tokenOfRequest,
  type AccessTokenErrorCode,
  type AccessTokenOptions,
  type ClaimedSeat,
} from './access-token.js';
export { generateApiKey, type ApiKey } from './api-keys.js';
export { grantsFromClaims, type AccessGrants, type AccessTokenClaims, type VideoGrant } from './grants.js';
export { GuestTokens, type Guest, type GuestTokensOptions, type GuestWish } from './guest-tokens.js';
export { createRoomToken, type RoomTokenOptions } from './room-token.js';
