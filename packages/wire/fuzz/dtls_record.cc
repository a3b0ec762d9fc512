#include "dtls_record.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bool whole = wire::IsDtlsDatagram(data, size);
  if (whole && size < 13) abort();
  return 0;
}
