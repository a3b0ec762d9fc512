#include "remote_hash.h"

#include <openssl/rand.h>

namespace wire {

RemoteHash::RemoteHash() {
  // Without randomness tables work all the same, only an attacker could then choose colliding ports.
  RAND_bytes(reinterpret_cast<uint8_t*>(&seed_), sizeof seed_);
}

}  // namespace wire
