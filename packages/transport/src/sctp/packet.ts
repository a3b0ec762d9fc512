import { readUint16, readUint32, writeUint16, writeUint32 } from '@parley/rtp';
import { crc32c } from './crc32c.js';

/** The common header of an SCTP packet, RFC 9260 section 3.1. */

/** The port both ends use in WebRTC unless a=sctp-port says otherwise (RFC 8841); no browser says otherwise. */
const PORT = 5000;
const ZERO = new Uint8Array(4);

export const PACKET_HEADER_LENGTH = 12;

/** Whether `packet` has our ports and a right checksum. */
export function isValidPacket(packet: Uint8Array): boolean {
  if (packet.length < PACKET_HEADER_LENGTH) return false;
  if (readUint16(packet, 0) !== PORT || readUint16(packet, 2) !== PORT) return false;
  return readChecksum(packet) === checksum(packet, packet.length);
}

export function verificationTagOf(packet: Uint8Array): number {
  return readUint32(packet, 4);
}

/** Writes the header of a packet whose chunks are already in `packet` from byte 12 to `length`. */
export function sealPacket(packet: Uint8Array, length: number, verificationTag: number): void {
  writeUint16(packet, 0, PORT);
  writeUint16(packet, 2, PORT);
  writeUint32(packet, 4, verificationTag);
  const crc = checksum(packet, length);
  // The checksum alone travels least significant byte first (RFC 9260 appendix A).
  packet[8] = crc;
  packet[9] = crc >>> 8;
  packet[10] = crc >>> 16;
  packet[11] = crc >>> 24;
}

/** The checksum is taken with its own field as zero. */
function checksum(packet: Uint8Array, length: number): number {
  return crc32c(packet, PACKET_HEADER_LENGTH, length, crc32c(ZERO, 0, 4, crc32c(packet, 0, 8)));
}

function readChecksum(packet: Uint8Array): number {
  return (packet[8]! | (packet[9]! << 8) | (packet[10]! << 16) | (packet[11]! << 24)) >>> 0;
}
