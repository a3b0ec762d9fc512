// HMAC-SHA1 (RFC 2104) with one key.
#pragma once

#include <openssl/sha.h>

#include <cstddef>
#include <cstdint>

namespace wire {

class HmacSha1 {
 public:
  static constexpr size_t kSize = 20;

  HmacSha1() = default;
  HmacSha1(const HmacSha1&) = delete;
  HmacSha1& operator=(const HmacSha1&) = delete;
  ~HmacSha1();

  // `size` is at most one SHA-1 block, 64 bytes.
  void SetKey(const uint8_t* key, size_t size);

  // The MAC of `data` followed by `more`.
  void Compute(const uint8_t* data, size_t size, const uint8_t* more, size_t more_size, uint8_t mac[kSize]) const;

 private:
  // SHA-1 after the padded key, computed once so that a packet costs two blocks less.
  SHA_CTX inner_ = {};
  SHA_CTX outer_ = {};
};

}  // namespace wire
