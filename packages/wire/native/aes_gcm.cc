#include "aes_gcm.h"

#include <openssl/core_names.h>
#include <openssl/err.h>

namespace wire {

namespace {

// Looking a cipher up is slow and takes locks, so it happens once a process.
const EVP_CIPHER* Aes128Gcm() {
  static EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-128-GCM", nullptr);
  return cipher;
}

}  // namespace

bool AesGcm::SetKey(const uint8_t key[16], bool encrypt) {
  context_.reset(EVP_CIPHER_CTX_new());
  return context_ && EVP_CipherInit_ex2(context_.get(), Aes128Gcm(), key, nullptr, encrypt ? 1 : 0, nullptr) == 1;
}

bool AesGcm::Seal(const uint8_t* nonce, const AssociatedData& aad, const uint8_t* in, size_t size, uint8_t* out,
                  uint8_t* tag) {
  if (EVP_CipherInit_ex2(context_.get(), nullptr, nullptr, nonce, 1, nullptr) != 1) return false;
  if (!Update(aad, in, size, out)) return false;
  int written = 0;
  if (EVP_CipherFinal_ex(context_.get(), out + size, &written) != 1) return false;
  OSSL_PARAM parameters[] = {OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, tag, kTagSize),
                             OSSL_PARAM_construct_end()};
  return EVP_CIPHER_CTX_get_params(context_.get(), parameters) == 1;
}

bool AesGcm::Open(const uint8_t* nonce, const AssociatedData& aad, const uint8_t* in, size_t size, const uint8_t* tag,
                  uint8_t* out) {
  if (EVP_CipherInit_ex2(context_.get(), nullptr, nullptr, nonce, 0, nullptr) != 1) return false;
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, const_cast<uint8_t*>(tag), kTagSize),
      OSSL_PARAM_construct_end()};
  if (EVP_CIPHER_CTX_set_params(context_.get(), parameters) != 1) return false;
  int written = 0;
  bool authentic = Update(aad, in, size, out) && EVP_CipherFinal_ex(context_.get(), out + size, &written) == 1;
  // Node's own use of OpenSSL on this thread must not find our errors in the queue.
  if (!authentic) ERR_clear_error();
  return authentic;
}

bool AesGcm::Update(const AssociatedData& aad, const uint8_t* in, size_t size, uint8_t* out) {
  int written = 0;
  if (EVP_CipherUpdate(context_.get(), nullptr, &written, aad.data, static_cast<int>(aad.size)) != 1) return false;
  if (aad.more_size > 0 &&
      EVP_CipherUpdate(context_.get(), nullptr, &written, aad.more, static_cast<int>(aad.more_size)) != 1) {
    return false;
  }
  return size == 0 || EVP_CipherUpdate(context_.get(), out, &written, in, static_cast<int>(size)) == 1;
}

}  // namespace wire
