import { NO_SESSION, PATH_WORDS, RX, type PlainSessionOptions, type SdesSessionOptions } from '@parley/wire';
import { pathsEqual, type Path } from '../ice/address.js';

/** What SDES says of both directions (RFC 4568). */
export type SdesKeys = Omit<SdesSessionOptions, 'kind'>;

/** The part of a wire that a leg uses. */
export interface LegWire {
  /** @throws RangeError when there is no room for another session, or a key has not the size of its suite. */
  openSession(options: SdesSessionOptions | PlainSessionOptions): number;
  closeSession(session: number): void;
  setPath(session: number, path: Path): void;
  /** @throws RangeError when the address is not numeric, or of another family than the socket. */
  pathTo(address: string, port: number, socket: number): Path;
  /** @param sources Addresses that the first packet may come from; undefined for all. */
  latch(session: number, socket: number, sources?: readonly string[]): void;
}

/** Word 0 of a path, bits that tell the socket. */
const SOCKET_MASK = 0xff;

/** One port of a transport: the session of the wire over it, and where the peer is, as told or as found out. */
export class Leg {
  readonly #wire: LegWire;
  readonly #socket: number;
  /** Addresses that the peer may turn out to have. */
  readonly #sources: readonly string[];
  #session = NO_SESSION;
  #isEncrypted = false;
  #told: string | undefined;
  #path: Path | undefined;
  #isLatching = false;

  constructor(wire: LegWire, socket: number, sources: readonly string[], keys: SdesKeys | undefined) {
    this.#wire = wire;
    this.#socket = socket;
    this.#sources = sources;
    this.setKeys(keys);
    this.latch();
  }

  get session(): number {
    return this.#session;
  }

  /** Where the peer is; undefined while that is not known. */
  get path(): Path | undefined {
    return this.#path;
  }

  /** The peer says that it is there. It may yet turn out to send from elsewhere (RFC 4961). */
  setRemote(address: string, port: number): void {
    const path = this.#wire.pathTo(address, port, this.#socket);
    this.#told = address;
    this.#setPath(path);
    this.latch();
  }

  /** Of RTCP: the peer's RTP comes from there, so that its RTCP is expected at the next port (RFC 3550 section 11). */
  follow(rtp: Path): void {
    const path = rtp.slice();
    path[0] = (rtp[0]! & ~SOCKET_MASK) | this.#socket;
    path[1] = (rtp[1]! + 1) & 0xffff;
    this.#setPath(path);
  }

  /** A new session with these keys, over the same path; undefined for none. What is on the way under the old ones is lost. */
  setKeys(keys: SdesKeys | undefined): void {
    const old = this.#session;
    this.#session = this.#wire.openSession(keys ? { kind: 'sdes', ...keys } : { kind: 'plain' });
    this.#isEncrypted = keys !== undefined;
    if (this.#path) this.#wire.setPath(this.#session, this.#path);
    if (old === NO_SESSION) return;
    this.#wire.closeSession(old);
    if (this.#isLatching) this.latch();
  }

  /** The next packet says where the peer is: an authentic one, or one from an address that the peer may have. */
  latch(): void {
    const told = this.#told === undefined ? [] : [this.#told];
    this.#wire.latch(
      this.#session,
      this.#socket,
      this.#isEncrypted ? undefined : [...told, ...this.#sources],
    );
    this.#isLatching = true;
  }

  /** A packet of its session came, described at word `at`. */
  received(rx: Uint32Array, at: number): void {
    if (!this.#isLatching) return;
    this.#isLatching = false;
    const path = rx.subarray(at + RX.PATH, at + RX.PATH + PATH_WORDS);
    if (!this.#path || !pathsEqual(this.#path, path)) this.#path = path.slice();
  }

  close(): void {
    this.#wire.closeSession(this.#session);
  }

  #setPath(path: Path): void {
    this.#path = path;
    this.#wire.setPath(this.#session, path);
  }
}
