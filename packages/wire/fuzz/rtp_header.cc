#include "rtp_header.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  wire::RtpHeader header;
  if (!wire::ParseRtpHeader(data, size, &header)) return 0;
  if (header.size < wire::kRtpFixedHeaderSize || header.size > size) abort();
  if (header.extension_offset + header.extension_size > header.size) abort();
  if ((header.extension_offset == 0) != (header.extension_size == 0)) abort();
  size_t payload_size = size - header.size;
  if (wire::RtpPaddingSize(data + header.size, payload_size) > payload_size) abort();
  return 0;
}
