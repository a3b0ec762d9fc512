#include "rtcp_header.h"

#include "bytes.h"

namespace wire {

namespace {

constexpr size_t kCommonHeaderSize = 4;
constexpr uint8_t kFirstType = 192;
constexpr uint8_t kLastType = 223;

}  // namespace

bool IsCompoundRtcp(const uint8_t* data, size_t size) {
  if (size < kRtcpHeaderSize) return false;
  while (size > 0) {
    if (size < kCommonHeaderSize || data[0] >> 6 != 2 || data[1] < kFirstType || data[1] > kLastType) return false;
    size_t length = 4 * (static_cast<size_t>(ReadU16(data + 2)) + 1);
    if (length > size) return false;
    data += length;
    size -= length;
  }
  return true;
}

}  // namespace wire
