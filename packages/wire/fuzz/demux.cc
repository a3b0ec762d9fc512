#include "demux.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wire::PacketKind kind = wire::Demultiplex(data, size);
  if (kind == wire::PacketKind::kStun && (size < 20 || size > 1280 || size % 4 != 0)) abort();
  return 0;
}
