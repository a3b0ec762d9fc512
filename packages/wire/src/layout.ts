/**
 * The memory that TypeScript and the native code share, as offsets in 32-bit words.
 *
 * Native code keeps the same numbers in `native/layout.h`; the addon exports its own and `Wire` compares them when it
 * is loaded, so the two cannot drift apart unnoticed.
 */

/** Bytes in one slot of the packet pool: a whole Ethernet datagram fits, and a slot starts on a cache line. */
export const SLOT_SIZE = 1536;

/** No session: a STUN message from an address that belongs to nobody yet. */
export const NO_SESSION = 0xffff_ffff;

/** What a received descriptor describes (word `RX.KIND`). */
export const RxKind = {
  /** A STUN message, as it came, from any address. */
  STUN: 1,
  /** An RTP packet of a session of any kind, decrypted, padding removed; header fields are in the descriptor. */
  RTP: 2,
  /** A compound RTCP packet of a session, decrypted. */
  RTCP: 3,
  /** DTLS application data of a session: one SCTP packet. */
  DATA: 4,
  /** The state of a DTLS session changed; the new state is in word `RX.STATE`. Has no slot. */
  STATE: 5,
} as const;

/** DTLS states, as told by a descriptor of kind `STATE`. */
export const DtlsState = {
  /** The handshake is done, the fingerprint matched, SRTP keys are in place if the peer wanted any. */
  CONNECTED: 1,
  /** The handshake failed or the fingerprint did not match. The session sends and receives nothing more. */
  FAILED: 2,
  /** The peer said close_notify. */
  CLOSED: 3,
} as const;

/** Words of one received descriptor. */
export const RX = {
  KIND: 0,
  SESSION: 1,
  /** Slot number; the packet's bytes start at `slot * SLOT_SIZE` of the pool. */
  SLOT: 2,
  /** Bytes in the slot: for RTP header and payload without padding. */
  LENGTH: 3,
  /** RTP only. */
  SSRC: 4,
  /** RTP only: sequence number (bits 0–15), payload type (16–22), marker (23). */
  SEQUENCE: 5,
  /** RTP only. */
  TIMESTAMP: 6,
  /** RTP only: offset of the payload in the slot (bits 0–15), payload bytes without padding (16–31). May be 0 bytes. */
  PAYLOAD: 7,
  /** RTP only: offset of the header extension's first element in the slot (bits 0–15; 0 = none), its bytes (16–31). */
  EXTENSION: 8,
  /** STATE only: a `DtlsState`. Shares its word with `SSRC`. */
  STATE: 4,
  /** Flags that TypeScript writes while it handles the batch: see `RX_KEEP`. For RTP bit 1 says two-byte extensions. */
  FLAGS: 9,
  /** The network path, `PATH_WORDS` words. */
  PATH: 10,
} as const;

/**
 * Words of one network path. Two paths are the same path if all their words are equal, so unused words are 0.
 *
 * - Word 0: socket index (bits 0–7), address family 4 or 6 (bits 8–15), local address known (bit 16), interface of a
 *   link-local IPv6 address (bits 17–31).
 * - Word 1: remote port, as a number (not in network order).
 * - Words 2–5: remote address. Its bytes lie in network order in memory, as in a packet: 16 of them for IPv6, 4 of them
 *   (word 2) for IPv4 with words 3–5 being 0.
 * - Words 6–9: local address likewise; all 0 where it is not known.
 */
export const PATH_WORDS = 10;

/** Words of one received descriptor in all. */
export const RX_WORDS = 20;

/** Set in `RX.FLAGS` to keep a slot beyond the batch; give it back later with `Wire.release`. */
export const RX_KEEP = 1;

/** Set by native code in `RX.FLAGS`: the header extension uses the two-byte form (RFC 8285 section 4.3). */
export const RX_TWO_BYTE_EXTENSIONS = 2;

/** Set in `RX.FLAGS` by TypeScript, for what handles the packet next: a key frame starts in it. */
export const RX_KEY_FRAME = 4;

/** Written over `RX.KIND` by TypeScript: nothing further is to be done with this packet (a duplicate). */
export const RX_DROPPED = 0;

/** What a send descriptor asks for (word `TX.KIND`). */
export const TxKind = {
  /** Forward the payload of a slot under a new 12-byte RTP header, encrypted. */
  RTP: 1,
  /** As `RTP`, as an RFC 4588 retransmission: `TX.EXTRA` is the original sequence number, put before the payload. */
  RTX: 2,
  /** A whole RTP packet that lies in the scratch area, to be encrypted as it is. */
  RTP_SCRATCH: 3,
  /** A compound RTCP packet in the scratch area, to be encrypted. */
  RTCP: 4,
  /** DTLS application data in the scratch area: one SCTP packet. */
  DATA: 5,
  /** Bytes in the scratch area, sent as they are over the path at scratch offset `TX.EXTRA`. */
  RAW: 6,
} as const;

/** Words of one send descriptor. */
export const TX = {
  KIND: 0,
  SESSION: 1,
  /** Slot number, or byte offset in the scratch area (a multiple of 4). */
  SOURCE: 2,
  /** Slot: payload offset (bits 0–15) and payload bytes (16–31), as in `RX.PAYLOAD`. Scratch: bytes. */
  LENGTH: 3,
  SSRC: 4,
  /** Sequence number, payload type and marker, as in `RX.SEQUENCE`. */
  SEQUENCE: 5,
  TIMESTAMP: 6,
  EXTRA: 7,
  /**
   * `RTP` and `RTX`: header extension elements (RFC 8285), without the block's header and padding: offset in the scratch
   * area (bits 0–22), whether they have the two-byte form (bit 23, `TX_TWO_BYTE_EXTENSIONS`), bytes (24–31). 0 for none.
   */
  EXTENSION: 8,
  /**
   * `RTP` and `RTX`: bytes that go before the payload of the slot, as a rewritten payload descriptor does: offset in the
   * scratch area (bits 0–23) and bytes (24–31). 0 for none.
   */
  PREFIX: 9,
} as const;

/** Set in `TX.EXTENSION`: the elements have the two-byte form (RFC 8285 section 4.3). */
export const TX_TWO_BYTE_EXTENSIONS = 0x80_0000;

/** Words of one send descriptor in all. */
export const TX_WORDS = 10;

/** AEAD_AES_256_GCM (RFC 7714); SDES only. */
export const SRTP_AEAD_AES_256_GCM = 0x0008;
/** AES_CM_128_HMAC_SHA1_32 (RFC 4568 section 6.2.2); SDES only. */
export const SRTP_AES128_CM_SHA1_32 = 0x0002;
/** AEAD_AES_128_GCM (RFC 7714). */
export const SRTP_AEAD_AES_128_GCM = 0x0007;
/** AES_CM_128_HMAC_SHA1_80 (RFC 3711). */
export const SRTP_AES128_CM_SHA1_80 = 0x0001;
