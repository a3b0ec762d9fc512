#include "aes_gcm.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>

namespace wire {

bool AesGcm::SetKey(const uint8_t* key, size_t size, bool encrypt) {
  if (!context_.Reset(GcmCipher::ForKeySize(size))) return false;
  auto* init = encrypt ? context_.cipher().encrypt_init : context_.cipher().decrypt_init;
  return init(context_.get(), key, size, nullptr, 0, nullptr) == 1;
}

bool AesGcm::Seal(const uint8_t* nonce, const AssociatedData& aad, const uint8_t* in, size_t size, uint8_t* out,
                  uint8_t* tag) {
  if (context_.get() == nullptr) return false;
  const GcmCipher& cipher = context_.cipher();
  if (cipher.encrypt_init(context_.get(), nullptr, 0, nonce, kNonceSize, nullptr) != 1) return false;
  if (!Update(aad, in, size, out)) return false;
  size_t written = 0;
  if (cipher.final(context_.get(), out + size, &written, 0) != 1) return false;
  OSSL_PARAM parameters[] = {OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, tag, kTagSize),
                             OSSL_PARAM_construct_end()};
  return cipher.get_parameters(context_.get(), parameters) == 1;
}

bool AesGcm::Open(const uint8_t* nonce, const AssociatedData& aad, const uint8_t* in, size_t size, const uint8_t* tag,
                  uint8_t* out) {
  if (context_.get() == nullptr) return false;
  const GcmCipher& cipher = context_.cipher();
  if (cipher.decrypt_init(context_.get(), nullptr, 0, nonce, kNonceSize, nullptr) != 1) return false;
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, const_cast<uint8_t*>(tag), kTagSize),
      OSSL_PARAM_construct_end()};
  if (cipher.set_parameters(context_.get(), parameters) != 1) return false;
  size_t written = 0;
  bool authentic = Update(aad, in, size, out) && cipher.final(context_.get(), out + size, &written, 0) == 1;
  // Node's own use of OpenSSL on this thread must not find our errors in the queue.
  if (!authentic) ERR_clear_error();
  return authentic;
}

bool AesGcm::Update(const AssociatedData& aad, const uint8_t* in, size_t size, uint8_t* out) {
  auto* update = context_.cipher().update;
  size_t written = 0;
  if (update(context_.get(), nullptr, &written, aad.size, aad.data, aad.size) != 1) return false;
  if (aad.more_size > 0 &&
      update(context_.get(), nullptr, &written, aad.more_size, aad.more, aad.more_size) != 1) {
    return false;
  }
  return size == 0 || update(context_.get(), out, &written, size, in, size) == 1;
}

}  // namespace wire
