#include "stun_username.h"

#include <cstdlib>

#include "demux.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (wire::Demultiplex(data, size) != wire::PacketKind::kStun) return 0;
  uint8_t prefix = wire::StunUfragPrefix(data, size);
  if (prefix == 0) return 0;
  for (size_t i = 20; i < size; i++) {
    if (data[i] == prefix) return 0;
  }
  abort();
}
