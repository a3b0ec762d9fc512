// SRTP protection profiles, by their DTLS-SRTP numbers (RFC 5764 section 4.1.2, RFC 7714 section 14.2), which SDES calls
// crypto suites (RFC 4568 section 6.2, RFC 7714 section 14.1).
#pragma once

#include <cstddef>
#include <cstdint>

namespace wire {

enum class SrtpProfile : uint16_t {
  kAes128CmSha1_80 = 0x0001,
  kAes128CmSha1_32 = 0x0002,
  kAeadAes128Gcm = 0x0007,
  kAeadAes256Gcm = 0x0008,
};

constexpr size_t kSrtpMaxKeySize = 32;
constexpr size_t kSrtpMaxSaltSize = 14;
constexpr size_t kSrtpAuthKeySize = 20;
constexpr size_t kGcmSaltSize = 12;
constexpr size_t kGcmTagSize = 16;
constexpr size_t kCmSaltSize = 14;
constexpr size_t kCmTagSize = 10;
constexpr size_t kCmShortTagSize = 4;
// The E flag and the index that SRTCP appends.
constexpr size_t kSrtcpIndexSize = 4;
// Most bytes that protection adds to a packet.
constexpr size_t kSrtpMaxOverhead = kGcmTagSize + kSrtcpIndexSize;

constexpr bool IsSrtpProfile(uint32_t number) {
  return number == 0x0001 || number == 0x0002 || number == 0x0007 || number == 0x0008;
}

constexpr bool IsGcm(SrtpProfile profile) {
  return profile == SrtpProfile::kAeadAes128Gcm || profile == SrtpProfile::kAeadAes256Gcm;
}

// Of master keys and of session keys.
constexpr size_t SrtpKeySize(SrtpProfile profile) { return profile == SrtpProfile::kAeadAes256Gcm ? 32 : 16; }

constexpr size_t SrtpSaltSize(SrtpProfile profile) { return IsGcm(profile) ? kGcmSaltSize : kCmSaltSize; }

constexpr size_t SrtpTagSize(SrtpProfile profile) {
  if (profile == SrtpProfile::kAes128CmSha1_32) return kCmShortTagSize;
  return IsGcm(profile) ? kGcmTagSize : kCmTagSize;
}

// RFC 4568 section 6.2.2: the short tag is for RTP alone.
constexpr size_t SrtcpTagSize(SrtpProfile profile) { return IsGcm(profile) ? kGcmTagSize : kCmTagSize; }

}  // namespace wire
