import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { isIPv6, type Socket } from 'node:net';
import { errorCode } from '@parley/core';
// The parts that are needed: the rest would take memory in a thread that does nothing with it.
import { STUN_BINDING, StunClass, StunMessage } from '@parley/transport/stun';
import { FrameDecoder, FrameWriter } from '@parley/transport/tcp';
import { SLOT_SIZE } from '@parley/wire';
import type { TcpCloseReason, TcpTraffic } from './tcp-metrics.js';

export interface TcpConnectionOptions {
  socket: Socket;
  /** Where media listens. */
  media: { address: string; port: number };
  counted: TcpTraffic;
  now: number;
  onClose: (reason: TcpCloseReason) => void;
}

/** In this time, milliseconds, a connection must have brought a connectivity check that media answers. */
const AUTHENTICATION_TIMEOUT = 10_000;
/** Milliseconds without anything from media, which answers the checks of those who belong to it. */
const IDLE_TIMEOUT = 60_000;
/** Bytes that wait for a client at most, besides those in the system's buffer; what comes then is dropped. */
const MAX_BACKLOG = 256 * 1024;
/** Bytes read until media has answered: enough for the checks of many seconds. */
const UNAUTHENTICATED_BUDGET = 16 * 1024;
/** Bytes read in a second from then on, 64 Mbit/s. */
const BYTES_PER_SECOND = 8 * 1024 * 1024;
/** Media may send many packets at once, such as those of a key frame; the system may allow less. */
const UDP_BUFFER_SIZE = 1024 * 1024;

/**
 * A client's TCP connection (RFC 6544), and the UDP socket that stands for it at the media port: what comes in frames
 * goes on as datagrams, and back.
 *
 * The UDP socket is there from the first connectivity check on. What does not begin with one is closed, and so is what
 * media does not answer.
 */
export class TcpConnection {
  readonly #socket: Socket;
  readonly #options: TcpConnectionOptions;
  readonly #counted: TcpTraffic;
  /** Longer packets the media port would not take. */
  readonly #decoder = new FrameDecoder(SLOT_SIZE);
  readonly #writer = new FrameWriter();
  #udp: UdpSocket | undefined;
  /** Packets that wait for the UDP socket to be connected. */
  #waiting: Uint8Array[] | undefined;
  /** Media has answered, ever and since the timers were last handled. */
  #authenticated = false;
  #active = false;
  #deadline: number;
  #budget = UNAUTHENTICATED_BUDGET;
  #handled: number;
  #closed = false;
  /** The system tells of media's absence once, to whoever sends or receives next: each send has to listen. */
  readonly #onSent = (error: Error | null): void => {
    if (errorCode(error) === 'ECONNREFUSED') this.close('media');
  };

  constructor(options: TcpConnectionOptions) {
    const { socket, now } = options;
    this.#options = options;
    this.#socket = socket;
    this.#counted = options.counted;
    this.#deadline = now + AUTHENTICATION_TIMEOUT;
    this.#handled = now;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', () => this.close('peer'));
    socket.on('close', () => this.close('peer'));
  }

  /** Ends what is over its time, and reads on from clients that had sent too much. Call about every 100 ms. */
  handleTimeout(now: number): void {
    if (this.#active) this.#deadline = now + IDLE_TIMEOUT;
    this.#active = false;
    if (now >= this.#deadline) {
      this.close(this.#authenticated ? 'idle' : 'unauthenticated');
      return;
    }
    if (this.#authenticated) {
      // At most a second's worth, and what was read too much is owed.
      const earned = (BYTES_PER_SECOND * (now - this.#handled)) / 1000;
      this.#budget = Math.min(BYTES_PER_SECOND, this.#budget + earned);
      this.#readOn();
    }
    this.#handled = now;
  }

  /** Idempotent. */
  close(reason: TcpCloseReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
    this.#udp?.close();
    this.#options.onClose(reason);
  }

  #receive(chunk: Uint8Array): void {
    if (this.#closed) return;
    this.#counted.bytesReceived += chunk.length;
    this.#budget -= chunk.length;
    const valid = this.#decoder.push(chunk, (packet) => this.#receivePacket(packet));
    if (!valid) this.close('malformed');
    if (this.#budget > 0) return;
    this.#counted.pauses += 1;
    this.#socket.pause();
  }

  #receivePacket(packet: Uint8Array): void {
    if (this.#closed) return;
    if (!this.#udp) {
      if (!isConnectivityCheck(packet)) {
        this.close('malformed');
        return;
      }
      this.#openUdp();
    }
    if (this.#waiting) this.#waiting.push(packet);
    else this.#forward(packet);
  }

  #openUdp(): void {
    const { address, port } = this.#options.media;
    // What comes until then waits, so nothing more is read.
    this.#socket.pause();
    const udp = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', recvBufferSize: UDP_BUFFER_SIZE });
    this.#udp = udp;
    this.#waiting = [];
    udp.on('message', (packet) => this.#send(packet));
    // The system refuses another socket, or media is not there any more.
    udp.on('error', () => this.close('media'));
    udp.on('connect', () => {
      if (this.#closed) return;
      for (const packet of this.#waiting ?? []) this.#forward(packet);
      this.#waiting = undefined;
      this.#readOn();
    });
    udp.connect(port, address);
  }

  #readOn(): void {
    if (this.#budget > 0 && !this.#waiting) this.#socket.resume();
  }

  #forward(packet: Uint8Array): void {
    this.#counted.packetsReceived += 1;
    this.#udp?.send(packet, this.#onSent);
  }

  #send(packet: Uint8Array): void {
    if (this.#closed) return;
    if (!this.#authenticated) {
      this.#authenticated = true;
      this.#budget = BYTES_PER_SECOND;
      this.#readOn();
    }
    this.#active = true;
    if (this.#socket.writableLength + this.#writer.size > MAX_BACKLOG) {
      this.#counted.droppedSlowReader += 1;
      return;
    }
    // All that is there to be received leaves in one write.
    if (this.#writer.size === 0) setImmediate(() => this.#flush());
    this.#writer.add(packet);
    this.#counted.packetsSent += 1;
  }

  #flush(): void {
    const bytes = this.#writer.take();
    if (this.#closed) return;
    this.#counted.bytesSent += bytes.length;
    this.#socket.write(bytes);
  }
}

/** Whether it is a STUN Binding request with a user name (RFC 8445 section 7.1.1). */
function isConnectivityCheck(packet: Uint8Array): boolean {
  const message = StunMessage.parse(packet);
  return (
    message?.method === STUN_BINDING && message.class === StunClass.REQUEST && message.username !== undefined
  );
}
