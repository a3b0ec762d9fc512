/** In the aggregation header: the packet starts a coded video sequence. */
const NEW_SEQUENCE = 0x08;

/** Whether a packet starts a key frame, by its aggregation header (AV1 RTP specification, section 4.4). */
export function isAv1KeyFrameStart(buffer: Uint8Array, offset: number, length: number): boolean {
  return length > 0 && (buffer[offset]! & NEW_SEQUENCE) !== 0;
}
