/** The Binding method (RFC 8489 section 18.2), the only one ICE uses. */
export const STUN_BINDING = 0x001;

/** The fixed word at bytes 4–7 of every STUN message. */
export const STUN_MAGIC_COOKIE = 0x2112a442;

/** Bytes of the STUN header. */
export const STUN_HEADER_SIZE = 20;

/** STUN message classes (RFC 8489 section 5). */
export const StunClass = {
  REQUEST: 0,
  INDICATION: 1,
  SUCCESS: 2,
  ERROR: 3,
} as const;

/** Attribute types (RFC 8489 section 18.3, RFC 8445 section 16.1). */
export const StunAttribute = {
  MAPPED_ADDRESS: 0x0001,
  USERNAME: 0x0006,
  MESSAGE_INTEGRITY: 0x0008,
  ERROR_CODE: 0x0009,
  UNKNOWN_ATTRIBUTES: 0x000a,
  MESSAGE_INTEGRITY_SHA256: 0x001c,
  XOR_MAPPED_ADDRESS: 0x0020,
  PRIORITY: 0x0024,
  USE_CANDIDATE: 0x0025,
  FINGERPRINT: 0x8028,
  ICE_CONTROLLED: 0x8029,
  ICE_CONTROLLING: 0x802a,
  /** libwebrtc's renomination (draft-thatcher-ice-renomination): a 32-bit number, the higher wins. */
  NOMINATION: 0xc001,
} as const;

/** The error codes ICE answers with (RFC 8489 section 14.8, RFC 8445 section 7.3.1.1). */
export const StunErrorCode = {
  UNAUTHENTICATED: 401,
  UNKNOWN_ATTRIBUTE: 420,
  ROLE_CONFLICT: 487,
} as const;

/** Attribute types below this one must be understood by the receiver, or the message is refused. */
export const COMPREHENSION_OPTIONAL = 0x8000;
