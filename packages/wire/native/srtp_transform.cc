#include "srtp_transform.h"

#include <openssl/crypto.h>

#include <cstring>

#include "bytes.h"
#include "rtcp_header.h"

namespace wire {

namespace {

constexpr uint32_t kEncryptedFlag = 0x80000000;

}  // namespace

SrtpTransform::~SrtpTransform() { OPENSSL_cleanse(salt_, sizeof salt_); }

bool SrtpTransform::Init(SrtpProfile profile, SrtpDirection direction, const SrtpSessionKeys& keys) {
  profile_ = profile;
  memcpy(salt_, keys.salt, sizeof salt_);
  if (IsGcm(profile)) return gcm_.SetKey(keys.key, SrtpKeySize(profile), direction == SrtpDirection::kProtect);
  hmac_.SetKey(keys.auth_key, sizeof keys.auth_key);
  return ctr_.SetKey(keys.key, SrtpKeySize(profile));
}

size_t SrtpTransform::ProtectRtp(uint8_t* packet, size_t header_size, const uint8_t* payload, size_t payload_size,
                                 uint32_t ssrc, uint64_t index) {
  uint8_t* body = packet + header_size;
  uint8_t* tag = body + payload_size;
  if (IsGcm(profile_)) {
    uint8_t nonce[AesGcm::kNonceSize];
    RtpNonce(ssrc, index, nonce);
    bool sealed = gcm_.Seal(nonce, {packet, header_size, nullptr, 0}, payload, payload_size, body, tag);
    return sealed ? header_size + payload_size + kGcmTagSize : 0;
  }
  uint8_t iv[16];
  CounterBlock(ssrc, index, iv);
  if (!ctr_.Crypt(iv, payload, payload_size, body)) return 0;
  uint8_t rollover[4];
  WriteU32(rollover, static_cast<uint32_t>(index >> 16));
  uint8_t mac[HmacSha1::kSize];
  hmac_.Compute(packet, header_size + payload_size, rollover, sizeof rollover, mac);
  size_t tag_size = SrtpTagSize(profile_);
  memcpy(tag, mac, tag_size);
  return header_size + payload_size + tag_size;
}

size_t SrtpTransform::UnprotectRtp(const uint8_t* packet, size_t size, size_t header_size, uint32_t ssrc,
                                   uint64_t index, uint8_t* out) {
  size_t tag_size = SrtpTagSize(profile_);
  if (size < header_size + tag_size) return 0;
  size_t plain_size = size - tag_size;
  const uint8_t* body = packet + header_size;
  const uint8_t* tag = packet + plain_size;
  if (IsGcm(profile_)) {
    uint8_t nonce[AesGcm::kNonceSize];
    RtpNonce(ssrc, index, nonce);
    AesGcm::AssociatedData aad = {packet, header_size, nullptr, 0};
    if (!gcm_.Open(nonce, aad, body, plain_size - header_size, tag, out + header_size)) return 0;
  } else {
    uint8_t rollover[4];
    WriteU32(rollover, static_cast<uint32_t>(index >> 16));
    uint8_t mac[HmacSha1::kSize];
    hmac_.Compute(packet, plain_size, rollover, sizeof rollover, mac);
    if (CRYPTO_memcmp(mac, tag, tag_size) != 0) return 0;
    uint8_t iv[16];
    CounterBlock(ssrc, index, iv);
    if (!ctr_.Crypt(iv, body, plain_size - header_size, out + header_size)) return 0;
  }
  memcpy(out, packet, header_size);
  return plain_size;
}

size_t SrtpTransform::ProtectRtcp(const uint8_t* packet, size_t size, uint32_t index, uint8_t* out) {
  uint32_t ssrc = ReadU32(packet + 4);
  const uint8_t* body = packet + kRtcpHeaderSize;
  size_t body_size = size - kRtcpHeaderSize;
  memcpy(out, packet, kRtcpHeaderSize);
  if (IsGcm(profile_)) {
    // RFC 7714 section 9.2: tag, then index.
    uint8_t* trailer = out + size + kGcmTagSize;
    WriteU32(trailer, kEncryptedFlag | index);
    uint8_t nonce[AesGcm::kNonceSize];
    RtcpNonce(ssrc, index, nonce);
    AesGcm::AssociatedData aad = {out, kRtcpHeaderSize, trailer, kSrtcpIndexSize};
    bool sealed = gcm_.Seal(nonce, aad, body, body_size, out + kRtcpHeaderSize, out + size);
    return sealed ? size + kGcmTagSize + kSrtcpIndexSize : 0;
  }
  // RFC 3711 section 3.4: index, then tag.
  WriteU32(out + size, kEncryptedFlag | index);
  uint8_t iv[16];
  CounterBlock(ssrc, index, iv);
  if (!ctr_.Crypt(iv, body, body_size, out + kRtcpHeaderSize)) return 0;
  uint8_t mac[HmacSha1::kSize];
  hmac_.Compute(out, size, out + size, kSrtcpIndexSize, mac);
  memcpy(out + size + kSrtcpIndexSize, mac, kCmTagSize);
  return size + kSrtcpIndexSize + kCmTagSize;
}

size_t SrtpTransform::UnprotectRtcp(const uint8_t* packet, size_t size, uint8_t* out) {
  SrtcpHeader header;
  if (!ParseSrtcp(profile_, packet, size, &header)) return 0;
  size_t plain_size = size - kSrtcpIndexSize - SrtcpTagSize(profile_);
  const uint8_t* body = packet + kRtcpHeaderSize;
  size_t body_size = plain_size - kRtcpHeaderSize;
  if (IsGcm(profile_)) {
    const uint8_t* tag = packet + plain_size;
    uint8_t nonce[AesGcm::kNonceSize];
    RtcpNonce(header.ssrc, header.index, nonce);
    AesGcm::AssociatedData aad = {packet, kRtcpHeaderSize, tag + kGcmTagSize, kSrtcpIndexSize};
    if (!gcm_.Open(nonce, aad, body, body_size, tag, out + kRtcpHeaderSize)) return 0;
  } else {
    const uint8_t* trailer = packet + plain_size;
    uint8_t mac[HmacSha1::kSize];
    hmac_.Compute(packet, plain_size, trailer, kSrtcpIndexSize, mac);
    if (CRYPTO_memcmp(mac, trailer + kSrtcpIndexSize, kCmTagSize) != 0) return 0;
    uint8_t iv[16];
    CounterBlock(header.ssrc, header.index, iv);
    if (!ctr_.Crypt(iv, body, body_size, out + kRtcpHeaderSize)) return 0;
  }
  memcpy(out, packet, kRtcpHeaderSize);
  return plain_size;
}

// RFC 7714 section 8.1.
void SrtpTransform::RtpNonce(uint32_t ssrc, uint64_t index, uint8_t nonce[AesGcm::kNonceSize]) const {
  nonce[0] = nonce[1] = 0;
  WriteU32(nonce + 2, ssrc);
  WriteU32(nonce + 6, static_cast<uint32_t>(index >> 16));
  WriteU16(nonce + 10, static_cast<uint16_t>(index));
  for (size_t i = 0; i < AesGcm::kNonceSize; i++) nonce[i] ^= salt_[i];
}

// RFC 7714 section 9.1.
void SrtpTransform::RtcpNonce(uint32_t ssrc, uint32_t index, uint8_t nonce[AesGcm::kNonceSize]) const {
  nonce[0] = nonce[1] = 0;
  WriteU32(nonce + 2, ssrc);
  nonce[6] = nonce[7] = 0;
  WriteU32(nonce + 8, index);
  for (size_t i = 0; i < AesGcm::kNonceSize; i++) nonce[i] ^= salt_[i];
}

// RFC 3711 section 4.1.1.
void SrtpTransform::CounterBlock(uint32_t ssrc, uint64_t index, uint8_t iv[16]) const {
  memset(iv, 0, 16);
  WriteU32(iv + 4, ssrc);
  WriteU32(iv + 8, static_cast<uint32_t>(index >> 16));
  WriteU16(iv + 12, static_cast<uint16_t>(index));
  for (size_t i = 0; i < kCmSaltSize; i++) iv[i] ^= salt_[i];
}

bool ParseSrtcp(SrtpProfile profile, const uint8_t* packet, size_t size, SrtcpHeader* header) {
  size_t tag_size = SrtcpTagSize(profile);
  if (size < kRtcpHeaderSize + tag_size + kSrtcpIndexSize || packet[0] >> 6 != 2) return false;
  size_t trailer_offset = IsGcm(profile) ? size - kSrtcpIndexSize : size - tag_size - kSrtcpIndexSize;
  uint32_t trailer = ReadU32(packet + trailer_offset);
  header->ssrc = ReadU32(packet + 4);
  header->index = trailer & ~kEncryptedFlag;
  return (trailer & kEncryptedFlag) != 0;
}

}  // namespace wire
