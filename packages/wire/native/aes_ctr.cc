#include "aes_ctr.h"

namespace wire {

namespace {

// Looking a cipher up is slow and takes locks, so it happens once a process.
const EVP_CIPHER* Cipher(size_t key_size) {
  static EVP_CIPHER* const aes_128 = EVP_CIPHER_fetch(nullptr, "AES-128-CTR", nullptr);
  static EVP_CIPHER* const aes_256 = EVP_CIPHER_fetch(nullptr, "AES-256-CTR", nullptr);
  return key_size == 32 ? aes_256 : aes_128;
}

}  // namespace

bool AesCtr::SetKey(const uint8_t* key, size_t size) {
  context_.reset(EVP_CIPHER_CTX_new());
  return context_ && EVP_CipherInit_ex2(context_.get(), Cipher(size), key, nullptr, 1, nullptr) == 1;
}

bool AesCtr::Crypt(const uint8_t* iv, const uint8_t* in, size_t size, uint8_t* out) {
  int written = 0;
  if (EVP_CipherInit_ex2(context_.get(), nullptr, nullptr, iv, 1, nullptr) != 1) return false;
  return size == 0 || EVP_CipherUpdate(context_.get(), out, &written, in, static_cast<int>(size)) == 1;
}

}  // namespace wire
