// An OpenSSL cipher context that frees itself, which wipes its key.
#pragma once

#include <openssl/evp.h>

#include <memory>

namespace wire {

struct CipherContextDeleter {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, CipherContextDeleter>;

}  // namespace wire
