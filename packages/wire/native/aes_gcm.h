// AES-GCM with one key, a 12-byte nonce for each packet.
#pragma once

#include <cstddef>
#include <cstdint>

#include "gcm_cipher.h"

namespace wire {

class AesGcm {
 public:
  static constexpr size_t kNonceSize = 12;
  static constexpr size_t kTagSize = 16;

  // Associated data in two parts, of which the second may be empty.
  struct AssociatedData {
    const uint8_t* data;
    size_t size;
    const uint8_t* more;
    size_t more_size;
  };

  // `size` is 16 or 32 bytes. False if OpenSSL refuses.
  bool SetKey(const uint8_t* key, size_t size, bool encrypt);

  // Encrypts `size` bytes to `out`, which may be `in`, and writes the tag.
  bool Seal(const uint8_t* nonce, const AssociatedData& aad, const uint8_t* in, size_t size, uint8_t* out,
            uint8_t* tag);

  // Decrypts `size` bytes to `out`, which may be `in`. False if the tag does not match; `out` is garbage then.
  bool Open(const uint8_t* nonce, const AssociatedData& aad, const uint8_t* in, size_t size, const uint8_t* tag,
            uint8_t* out);

 private:
  bool Update(const AssociatedData& aad, const uint8_t* in, size_t size, uint8_t* out);

  GcmContext context_;
};

}  // namespace wire
