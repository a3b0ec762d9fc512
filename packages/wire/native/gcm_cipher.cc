#include "gcm_cipher.h"

#include <openssl/evp.h>
#include <openssl/provider.h>

#include <cstring>

namespace wire {

namespace {

const OSSL_DISPATCH* FindDispatch(OSSL_PROVIDER* provider, const char* name) {
  int no_cache = 0;
  const OSSL_ALGORITHM* algorithm = OSSL_PROVIDER_query_operation(provider, OSSL_OP_CIPHER, &no_cache);
  size_t size = strlen(name);
  for (; algorithm != nullptr && algorithm->algorithm_names != nullptr; algorithm++) {
    // Further names of the same algorithm follow behind colons.
    const char* names = algorithm->algorithm_names;
    if (strncmp(names, name, size) == 0 && (names[size] == ':' || names[size] == '\0')) return algorithm->implementation;
  }
  return nullptr;
}

const GcmCipher* Load(const char* name) {
  // Never freed: it keeps the provider loaded.
  EVP_CIPHER* fetched = EVP_CIPHER_fetch(nullptr, name, nullptr);
  if (fetched == nullptr) return nullptr;
  OSSL_PROVIDER* provider = const_cast<OSSL_PROVIDER*>(EVP_CIPHER_get0_provider(fetched));
  const OSSL_DISPATCH* entry = FindDispatch(provider, name);
  auto& cipher = *new GcmCipher;
  cipher.provider_context = OSSL_PROVIDER_get0_provider_ctx(provider);
  for (; entry != nullptr && entry->function_id != 0; entry++) {
    switch (entry->function_id) {
      case OSSL_FUNC_CIPHER_NEWCTX:
        cipher.new_context = OSSL_FUNC_cipher_newctx(entry);
        break;
      case OSSL_FUNC_CIPHER_FREECTX:
        cipher.free_context = OSSL_FUNC_cipher_freectx(entry);
        break;
      case OSSL_FUNC_CIPHER_ENCRYPT_INIT:
        cipher.encrypt_init = OSSL_FUNC_cipher_encrypt_init(entry);
        break;
      case OSSL_FUNC_CIPHER_DECRYPT_INIT:
        cipher.decrypt_init = OSSL_FUNC_cipher_decrypt_init(entry);
        break;
      case OSSL_FUNC_CIPHER_UPDATE:
        cipher.update = OSSL_FUNC_cipher_update(entry);
        break;
      case OSSL_FUNC_CIPHER_FINAL:
        cipher.final = OSSL_FUNC_cipher_final(entry);
        break;
      case OSSL_FUNC_CIPHER_GET_CTX_PARAMS:
        cipher.get_parameters = OSSL_FUNC_cipher_get_ctx_params(entry);
        break;
      case OSSL_FUNC_CIPHER_SET_CTX_PARAMS:
        cipher.set_parameters = OSSL_FUNC_cipher_set_ctx_params(entry);
        break;
      default:
        break;
    }
  }
  bool complete = cipher.new_context && cipher.free_context && cipher.encrypt_init && cipher.decrypt_init &&
                  cipher.update && cipher.final && cipher.get_parameters && cipher.set_parameters;
  return complete ? &cipher : nullptr;
}

}  // namespace

const GcmCipher* GcmCipher::ForKeySize(size_t key_size) {
  // Looking a cipher up is slow and takes locks, so it happens once a process.
  static const GcmCipher* const aes_128 = Load("AES-128-GCM");
  static const GcmCipher* const aes_256 = Load("AES-256-GCM");
  return key_size == 32 ? aes_256 : aes_128;
}

bool GcmContext::Reset(const GcmCipher* cipher) {
  if (context_ != nullptr) cipher_->free_context(context_);
  cipher_ = cipher;
  context_ = cipher == nullptr ? nullptr : cipher->NewContext();
  return context_ != nullptr;
}

}  // namespace wire
