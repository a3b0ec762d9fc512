// Session keys of one direction (RFC 3711 section 4.3).
#pragma once

#include "srtp_profile.h"

namespace wire {

// The keys that SRTP or SRTCP uses for its packets.
struct SrtpSessionKeys {
  uint8_t key[kSrtpMaxKeySize] = {};
  uint8_t salt[kSrtpMaxSaltSize] = {};
  uint8_t auth_key[kSrtpAuthKeySize] = {};

  ~SrtpSessionKeys();
};

enum class SrtpKeyUse { kRtp, kRtcp };

// Derives session keys from a master key (SrtpKeySize bytes) and master salt (SrtpSaltSize bytes). False if OpenSSL refuses.
bool DeriveSrtpKeys(SrtpProfile profile, const uint8_t* master_key, const uint8_t* master_salt, SrtpKeyUse use,
                    SrtpSessionKeys* keys);

}  // namespace wire
