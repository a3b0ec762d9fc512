import { describe, expect, test } from 'vitest';
import { codecsMatch, type Codec } from '../../src/index.js';

const opus: Codec = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2, parameters: {} };
const video = (mimeType: string, parameters: Record<string, string> = {}): Codec => ({
  mimeType,
  clockRate: 90_000,
  parameters,
});
const h264 = (profile: string, mode?: string) =>
  video('video/H264', { 'profile-level-id': profile, ...(mode && { 'packetization-mode': mode }) });

describe('codecsMatch()', () => {
  test('compares names without regard to case, and clock rates and channels', () => {
    expect(codecsMatch(opus, { ...opus, mimeType: 'AUDIO/OPUS' })).toBe(true);
    expect(codecsMatch(opus, { ...opus, channels: 1 })).toBe(false);
    expect(codecsMatch(opus, { ...opus, clockRate: 8000 })).toBe(false);
    expect(codecsMatch(video('video/VP8'), video('video/VP9'))).toBe(false);
  });

  test('takes one channel where none is told', () => {
    const { mimeType, clockRate, parameters } = opus;

    expect(codecsMatch({ mimeType, clockRate, parameters }, { ...opus, channels: 1 })).toBe(true);
  });

  test('compares the profile of H264, not its level, and the packetization mode', () => {
    expect(codecsMatch(h264('42e01f', '1'), h264('42e034', '1'))).toBe(true);
    expect(codecsMatch(h264('42e01f', '1'), h264('42001f', '1'))).toBe(false);
    expect(codecsMatch(h264('42e01f', '1'), h264('42e01f'))).toBe(false);
    expect(codecsMatch(h264('42e01f', '0'), h264('42e01f'))).toBe(true);
    expect(codecsMatch(h264('junk'), h264('junk'))).toBe(false);
  });

  test('compares the profile of VP9', () => {
    expect(codecsMatch(video('video/VP9'), video('video/VP9', { 'profile-id': '0' }))).toBe(true);
    expect(codecsMatch(video('video/VP9'), video('video/VP9', { 'profile-id': '2' }))).toBe(false);
  });
});
