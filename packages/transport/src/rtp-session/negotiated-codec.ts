/** A codec of a negotiated media section. */
export interface NegotiatedCodec {
  mimeType: string;
  payloadType: number;
  clockRate: number;
  rtxPayloadType?: number;
}
