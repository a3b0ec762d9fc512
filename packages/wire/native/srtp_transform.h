// Encrypts and authenticates single SRTP or SRTCP packets: all of RFC 3711 and RFC 7714 that needs no memory of
// earlier packets.
#pragma once

#include "aes_ctr.h"
#include "aes_gcm.h"
#include "hmac_sha1.h"
#include "srtp_keys.h"

namespace wire {

enum class SrtpDirection { kProtect, kUnprotect };

class SrtpTransform {
 public:
  SrtpTransform() = default;
  SrtpTransform(const SrtpTransform&) = delete;
  SrtpTransform& operator=(const SrtpTransform&) = delete;
  ~SrtpTransform();

  // False if OpenSSL refuses.
  bool Init(SrtpProfile profile, SrtpDirection direction, const SrtpSessionKeys& keys);

  SrtpProfile profile() const { return profile_; }

  // Protects an RTP packet whose header already lies in `packet`; the payload may already lie behind it. `packet` has
  // room for header, payload and tag. Returns the size of the SRTP packet, 0 if OpenSSL refuses.
  size_t ProtectRtp(uint8_t* packet, size_t header_size, const uint8_t* payload, size_t payload_size, uint32_t ssrc,
                    uint64_t index);

  // Verifies and decrypts an SRTP packet into `out`, header included. Returns the size of the RTP packet, 0 if the
  // packet is not authentic; `out` is garbage then.
  size_t UnprotectRtp(const uint8_t* packet, size_t size, size_t header_size, uint32_t ssrc, uint64_t index,
                      uint8_t* out);

  // Protects a compound RTCP packet of at least 8 bytes into `out`. Returns the size of the SRTCP packet, 0 on error.
  size_t ProtectRtcp(const uint8_t* packet, size_t size, uint32_t index, uint8_t* out);

  // Verifies and decrypts an SRTCP packet that ParseSrtcp accepted into `out`. Returns the size of the RTCP packet,
  // 0 if it is not authentic; `out` is garbage then.
  size_t UnprotectRtcp(const uint8_t* packet, size_t size, uint8_t* out);

 private:
  void RtpNonce(uint32_t ssrc, uint64_t index, uint8_t nonce[AesGcm::kNonceSize]) const;
  void RtcpNonce(uint32_t ssrc, uint32_t index, uint8_t nonce[AesGcm::kNonceSize]) const;
  void CounterBlock(uint32_t ssrc, uint64_t index, uint8_t iv[16]) const;

  SrtpProfile profile_ = SrtpProfile::kAeadAes128Gcm;
  uint8_t salt_[kSrtpMaxSaltSize] = {};
  AesGcm gcm_;
  AesCtr ctr_;
  HmacSha1 hmac_;
};

// The fields of SRTCP that are not encrypted.
struct SrtcpHeader {
  uint32_t ssrc;
  uint32_t index;
};

// False if the packet is too short, or not encrypted (WebRTC always encrypts).
bool ParseSrtcp(SrtpProfile profile, const uint8_t* packet, size_t size, SrtcpHeader* header);

}  // namespace wire
