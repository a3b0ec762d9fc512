#include "rtcp_header.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (wire::IsCompoundRtcp(data, size) && (size < wire::kRtcpHeaderSize || size % 4 != 0)) abort();
  return 0;
}
