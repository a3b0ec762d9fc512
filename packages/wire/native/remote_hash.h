// Hashes paths by their remote addresses, for tables that strangers could otherwise fill with collisions.
#pragma once

#include <cstddef>
#include <cstdint>

#include "path.h"

namespace wire {

class RemoteHash {
 public:
  // Each has a secret of its own.
  RemoteHash();

  // Equal for paths that Path::HasSameRemote says are the same.
  size_t operator()(const Path& path) const {
    // The words that HasSameRemote compares, without the one that holds flags.
    uint64_t hash = seed_;
    for (size_t i = 1; i <= 5; i++) {
      hash = (hash ^ path.words[i]) * 0x9e3779b97f4a7c15;
      hash ^= hash >> 32;
    }
    return hash;
  }

 private:
  uint64_t seed_ = 0;
};

}  // namespace wire
