#include "stun_username.h"

#include "bytes.h"

namespace wire {

namespace {

constexpr size_t kHeaderSize = 20;
constexpr size_t kAttributeHeaderSize = 4;
constexpr uint16_t kUsername = 0x0006;

}  // namespace

uint8_t StunUfragPrefix(const uint8_t* data, size_t size) {
  size_t offset = kHeaderSize;
  while (offset + kAttributeHeaderSize <= size) {
    uint16_t type = ReadU16(data + offset);
    size_t length = ReadU16(data + offset + 2);
    offset += kAttributeHeaderSize;
    if (length > size - offset) return 0;
    if (type == kUsername) return length > 0 ? data[offset] : 0;
    // Values are padded to 4 bytes (RFC 8489 section 14).
    offset += (length + 3) & ~static_cast<size_t>(3);
  }
  return 0;
}

}  // namespace wire
