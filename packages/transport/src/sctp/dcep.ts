import { readUint16, readUint32, writeUint16, writeUint32 } from '@parley/rtp';

/** The data channel establishment protocol, RFC 8832, and the payload identifiers of RFC 8831 section 8. */

/** What both ends of a channel agree on. */
export interface ChannelParameters {
  readonly label: string;
  readonly protocol: string;
  readonly ordered: boolean;
  readonly maxRetransmits: number | undefined;
  /** Milliseconds. */
  readonly maxPacketLifeTime: number | undefined;
}

export type DcepMessage = { readonly type: 'ack' } | ({ readonly type: 'open' } & ChannelParameters);

export const PayloadProtocol = {
  Dcep: 50,
  String: 51,
  Binary: 53,
  StringEmpty: 56,
  BinaryEmpty: 57,
} as const;

const MESSAGE_ACK = 2;
const MESSAGE_OPEN = 3;
const CHANNEL_RELIABLE = 0;
const CHANNEL_MAX_RETRANSMITS = 1;
const CHANNEL_MAX_LIFETIME = 2;
const CHANNEL_UNORDERED = 0x80;
const OPEN_HEADER_LENGTH = 12;

/** Undefined when the message is malformed or of a channel type that does not exist. */
export function parseDcep(message: Uint8Array): DcepMessage | undefined {
  if (message[0] === MESSAGE_ACK) return { type: 'ack' };
  if (message[0] !== MESSAGE_OPEN || message.length < OPEN_HEADER_LENGTH) return undefined;
  const channelType = message[1]! & ~CHANNEL_UNORDERED;
  const reliability = readUint32(message, 4);
  const labelEnd = OPEN_HEADER_LENGTH + readUint16(message, 8);
  const protocolEnd = labelEnd + readUint16(message, 10);
  if (channelType > CHANNEL_MAX_LIFETIME || protocolEnd > message.length) return undefined;
  const decoder = new TextDecoder();
  return {
    type: 'open',
    ordered: (message[1]! & CHANNEL_UNORDERED) === 0,
    maxRetransmits: channelType === CHANNEL_MAX_RETRANSMITS ? reliability : undefined,
    maxPacketLifeTime: channelType === CHANNEL_MAX_LIFETIME ? reliability : undefined,
    label: decoder.decode(message.subarray(OPEN_HEADER_LENGTH, labelEnd)),
    protocol: decoder.decode(message.subarray(labelEnd, protocolEnd)),
  };
}

/** Throws a TypeError when label or protocol take more than 65,535 bytes in UTF-8. */
export function buildOpen(channel: ChannelParameters): Uint8Array {
  const encoder = new TextEncoder();
  const label = encoder.encode(channel.label);
  const protocol = encoder.encode(channel.protocol);
  if (label.length > 0xffff || protocol.length > 0xffff) {
    throw new TypeError('A data channel label or protocol is longer than 65535 bytes');
  }
  const message = new Uint8Array(OPEN_HEADER_LENGTH + label.length + protocol.length);
  message[0] = MESSAGE_OPEN;
  message[1] = channelTypeOf(channel) | (channel.ordered ? 0 : CHANNEL_UNORDERED);
  writeUint32(message, 4, channel.maxRetransmits ?? channel.maxPacketLifeTime ?? 0);
  writeUint16(message, 8, label.length);
  writeUint16(message, 10, protocol.length);
  message.set(label, OPEN_HEADER_LENGTH);
  message.set(protocol, OPEN_HEADER_LENGTH + label.length);
  return message;
}

export function buildAck(): Uint8Array {
  return Uint8Array.of(MESSAGE_ACK);
}

function channelTypeOf({ maxRetransmits, maxPacketLifeTime }: ChannelParameters): number {
  if (maxRetransmits !== undefined) return CHANNEL_MAX_RETRANSMITS;
  return maxPacketLifeTime !== undefined ? CHANNEL_MAX_LIFETIME : CHANNEL_RELIABLE;
}
