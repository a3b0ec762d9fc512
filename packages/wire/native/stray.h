// A datagram that came to a wire which does not own its sender.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "path.h"

namespace wire {

class Mailbox;

struct Stray {
  Path path;
  const uint8_t* data;
  size_t size;
  // Of an ICE check, the first character of the user name fragment it is for; 0: whoever owns the path.
  uint8_t ufrag_prefix;
  // The exchange fills it in.
  std::shared_ptr<Mailbox> owner = nullptr;
};

}  // namespace wire
