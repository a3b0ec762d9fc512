const BIAS = 0x84;
const CLIP = 32_635;

/** One sample of 16 bits as G.711's μ-law has it. */
export function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0xf)) & 0xff;
}

export function decodeMuLaw(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0xf) << 3) + BIAS) << ((bits >> 4) & 7)) - BIAS;
  return (bits & 0x80) !== 0 ? -magnitude : magnitude;
}
