// AES in counter mode with one key: the keystream of AES-CM (RFC 3711 section 4.1.1).
#pragma once

#include <cstddef>
#include <cstdint>

#include "cipher_context.h"

namespace wire {

class AesCtr {
 public:
  // `size` is 16 or 32 bytes. False if OpenSSL refuses.
  bool SetKey(const uint8_t* key, size_t size);

  // Encrypts or decrypts `size` bytes to `out`, which may be `in`, starting at counter block `iv` (16 bytes).
  bool Crypt(const uint8_t* iv, const uint8_t* in, size_t size, uint8_t* out);

 private:
  CipherContext context_;
};

}  // namespace wire
