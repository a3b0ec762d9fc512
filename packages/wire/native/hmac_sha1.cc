// OpenSSL 3 marks the SHA1_* functions as deprecated, but its EVP interface allocates whenever a prepared state is
// copied, which here would be twice a packet.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "hmac_sha1.h"

#include <openssl/crypto.h>

namespace wire {

HmacSha1::~HmacSha1() {
  OPENSSL_cleanse(&inner_, sizeof inner_);
  OPENSSL_cleanse(&outer_, sizeof outer_);
}

void HmacSha1::SetKey(const uint8_t* key, size_t size) {
  uint8_t inner_pad[SHA_CBLOCK];
  uint8_t outer_pad[SHA_CBLOCK];
  for (size_t i = 0; i < SHA_CBLOCK; i++) {
    uint8_t byte = i < size ? key[i] : 0;
    inner_pad[i] = byte ^ 0x36;
    outer_pad[i] = byte ^ 0x5c;
  }
  SHA1_Init(&inner_);
  SHA1_Update(&inner_, inner_pad, sizeof inner_pad);
  SHA1_Init(&outer_);
  SHA1_Update(&outer_, outer_pad, sizeof outer_pad);
  OPENSSL_cleanse(inner_pad, sizeof inner_pad);
  OPENSSL_cleanse(outer_pad, sizeof outer_pad);
}

void HmacSha1::Compute(const uint8_t* data, size_t size, const uint8_t* more, size_t more_size,
                       uint8_t mac[kSize]) const {
  SHA_CTX state = inner_;
  SHA1_Update(&state, data, size);
  SHA1_Update(&state, more, more_size);
  uint8_t digest[kSize];
  SHA1_Final(digest, &state);
  state = outer_;
  SHA1_Update(&state, digest, sizeof digest);
  SHA1_Final(mac, &state);
}

}  // namespace wire
