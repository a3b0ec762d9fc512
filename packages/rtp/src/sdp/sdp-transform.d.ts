/**
 * What sdp-transform really gives: everything may be missing, and whatever looks like an integer is one. Only what is
 * read or written here is declared.
 */
declare module 'sdp-transform' {
  /** The text of a field; a number where the text is exactly how that number is written, so `String` brings it back. */
  export type Scalar = string | number;

  export interface RawFingerprint {
    type?: Scalar;
    hash?: Scalar;
  }

  export interface RawCandidate {
    foundation?: Scalar;
    component?: Scalar;
    transport?: Scalar;
    priority?: Scalar;
    ip?: Scalar;
    port?: Scalar;
    type?: Scalar;
    tcptype?: Scalar;
  }

  /** Attributes that stand at the session or in a section. */
  export interface RawShared {
    iceUfrag?: Scalar;
    icePwd?: Scalar;
    fingerprint?: RawFingerprint;
    setup?: Scalar;
    extmapAllowMixed?: Scalar;
    direction?: Scalar;
  }

  export interface RawMedia extends RawShared {
    type?: Scalar;
    port?: Scalar;
    protocol?: Scalar;
    payloads?: Scalar;
    connection?: { version: number; ip: string };
    mid?: Scalar;
    rtp: { payload?: Scalar; codec?: Scalar; rate?: Scalar; encoding?: Scalar }[];
    fmtp: { payload?: Scalar; config?: Scalar }[];
    rtcpFb?: { payload?: Scalar; type?: Scalar; subtype?: Scalar }[];
    ext?: { value?: Scalar; direction?: Scalar; uri?: Scalar }[];
    msid?: { id?: Scalar; appdata?: Scalar }[];
    ssrcs?: { id?: Scalar; attribute?: Scalar; value?: Scalar }[];
    ssrcGroups?: { semantics?: Scalar; ssrcs?: Scalar }[];
    rids?: { id?: Scalar; direction?: Scalar }[];
    simulcast?: { dir1?: Scalar; list1?: Scalar; dir2?: Scalar; list2?: Scalar };
    candidates?: RawCandidate[];
    endOfCandidates?: Scalar;
    rtcpMux?: Scalar;
    rtcpRsize?: Scalar;
    bundleOnly?: Scalar;
    sctpPort?: Scalar;
    maxMessageSize?: Scalar;
  }

  export interface RawSession extends RawShared {
    version?: Scalar;
    origin?: {
      username: string;
      sessionId: Scalar;
      sessionVersion: number;
      netType: string;
      ipVer: number;
      address: string;
    };
    name?: Scalar;
    timing?: { start: number; stop: number };
    icelite?: Scalar;
    msidSemantic?: { semantic: string; token: string };
    groups?: { type?: Scalar; mids?: Scalar }[];
    media: RawMedia[];
  }

  /** How lines of one type are recognised; the first rule that matches wins. */
  export interface GrammarRule {
    push?: string;
    reg: RegExp;
  }

  export const grammar: { a: GrammarRule[] };
  export function parse(sdp: string): RawSession;
  export function write(session: RawSession): string;
}
