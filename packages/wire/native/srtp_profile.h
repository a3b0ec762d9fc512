// SRTP protection profiles, by their DTLS-SRTP numbers (RFC 5764 section 4.1.2, RFC 7714 section 14.2).
#pragma once

#include <cstddef>
#include <cstdint>

namespace wire {

enum class SrtpProfile : uint16_t {
  kAes128CmSha1_80 = 0x0001,
  kAeadAes128Gcm = 0x0007,
};

constexpr size_t kSrtpKeySize = 16;
constexpr size_t kSrtpMaxSaltSize = 14;
constexpr size_t kSrtpAuthKeySize = 20;
constexpr size_t kGcmSaltSize = 12;
constexpr size_t kGcmTagSize = 16;
constexpr size_t kCmSaltSize = 14;
constexpr size_t kCmTagSize = 10;
// The E flag and the index that SRTCP appends.
constexpr size_t kSrtcpIndexSize = 4;
// Most bytes that protection adds to a packet.
constexpr size_t kSrtpMaxOverhead = kGcmTagSize + kSrtcpIndexSize;

constexpr size_t SrtpSaltSize(SrtpProfile profile) {
  return profile == SrtpProfile::kAeadAes128Gcm ? kGcmSaltSize : kCmSaltSize;
}

constexpr size_t SrtpTagSize(SrtpProfile profile) {
  return profile == SrtpProfile::kAeadAes128Gcm ? kGcmTagSize : kCmTagSize;
}

}  // namespace wire
