#include "srtp_keys.h"

#include <openssl/crypto.h>

#include <cstring>

#include "aes_ctr.h"

namespace wire {

namespace {

// RFC 3711 section 4.3.2; SRTCP's labels follow SRTP's.
constexpr uint8_t kLabelKey = 0;
constexpr uint8_t kLabelAuth = 1;
constexpr uint8_t kLabelSalt = 2;
constexpr uint8_t kRtcpLabelOffset = 3;

// The key stream for one label, with a key derivation rate of 0 (RFC 3711 section 4.3.3).
bool Derive(AesCtr* cipher, const uint8_t padded_salt[kSrtpMaxSaltSize], uint8_t label, uint8_t* out, size_t size) {
  uint8_t iv[16] = {};
  memcpy(iv, padded_salt, kSrtpMaxSaltSize);
  iv[7] ^= label;
  memset(out, 0, size);
  return cipher->Crypt(iv, out, size, out);
}

}  // namespace

SrtpSessionKeys::~SrtpSessionKeys() { OPENSSL_cleanse(this, sizeof *this); }

bool DeriveSrtpKeys(SrtpProfile profile, const uint8_t* master_key, const uint8_t* master_salt, SrtpKeyUse use,
                    SrtpSessionKeys* keys) {
  AesCtr cipher;
  if (!cipher.SetKey(master_key, SrtpKeySize(profile))) return false;
  // RFC 7714 section 11: the 12-byte salt of GCM is followed by zeros.
  uint8_t salt[kSrtpMaxSaltSize] = {};
  memcpy(salt, master_salt, SrtpSaltSize(profile));
  uint8_t offset = use == SrtpKeyUse::kRtcp ? kRtcpLabelOffset : 0;
  bool derived = Derive(&cipher, salt, kLabelKey + offset, keys->key, SrtpKeySize(profile)) &&
                 Derive(&cipher, salt, kLabelAuth + offset, keys->auth_key, sizeof keys->auth_key) &&
                 Derive(&cipher, salt, kLabelSalt + offset, keys->salt, SrtpSaltSize(profile));
  OPENSSL_cleanse(salt, sizeof salt);
  return derived;
}

}  // namespace wire
