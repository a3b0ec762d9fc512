import { sealPacket } from '../../src/sctp/packet.js';

/** A packet with a right header and checksum around the given chunks. */
export function packetOf(tag: number, ...chunks: readonly Uint8Array[]): Uint8Array {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 12);
  const packet = new Uint8Array(length);
  let at = 12;
  for (const chunk of chunks) {
    packet.set(chunk, at);
    at += chunk.length;
  }
  sealPacket(packet, length, tag);
  return packet;
}

/** The types of a packet's chunks, in order. */
export function chunkTypes(packet: Uint8Array): number[] {
  const types: number[] = [];
  for (let at = 12; at + 4 <= packet.length;) {
    types.push(packet[at]!);
    at += (((packet[at + 2]! << 8) | packet[at + 3]!) + 3) & ~3;
  }
  return types;
}
