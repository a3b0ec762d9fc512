// OpenSSL's AES-GCM, called as its provider offers it (provider-cipher(7)). EVP in between asks for the size of the nonce by
// name with every packet, which costs a seventh of what encrypting 1,150 bytes does.
#pragma once

#include <openssl/core_dispatch.h>

#include <cstddef>

namespace wire {

struct GcmCipher {
  // Of 16 or 32 bytes of key. Null if OpenSSL has none.
  static const GcmCipher* ForKeySize(size_t key_size);

  void* NewContext() const { return new_context(provider_context); }

  void* provider_context = nullptr;
  OSSL_FUNC_cipher_newctx_fn* new_context = nullptr;
  OSSL_FUNC_cipher_freectx_fn* free_context = nullptr;
  OSSL_FUNC_cipher_encrypt_init_fn* encrypt_init = nullptr;
  OSSL_FUNC_cipher_decrypt_init_fn* decrypt_init = nullptr;
  OSSL_FUNC_cipher_update_fn* update = nullptr;
  OSSL_FUNC_cipher_final_fn* final = nullptr;
  OSSL_FUNC_cipher_get_ctx_params_fn* get_parameters = nullptr;
  OSSL_FUNC_cipher_set_ctx_params_fn* set_parameters = nullptr;
};

// A context of a cipher that frees itself, which wipes its key.
class GcmContext {
 public:
  GcmContext() = default;
  ~GcmContext() { Reset(nullptr); }
  GcmContext(const GcmContext&) = delete;
  GcmContext& operator=(const GcmContext&) = delete;

  // A new context in place of the old one; `cipher` may be null. False if there is none.
  bool Reset(const GcmCipher* cipher);

  const GcmCipher& cipher() const { return *cipher_; }
  void* get() const { return context_; }

 private:
  const GcmCipher* cipher_ = nullptr;
  void* context_ = nullptr;
};

}  // namespace wire
