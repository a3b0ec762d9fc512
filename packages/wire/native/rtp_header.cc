#include "rtp_header.h"

#include <cstring>

#include "bytes.h"

namespace wire {

namespace {

constexpr uint16_t kOneByteProfile = 0xbede;
// The low four bits are free for the application.
constexpr uint16_t kTwoByteProfile = 0x1000;

}  // namespace

bool ParseRtpHeader(const uint8_t* data, size_t size, RtpHeader* header) {
  if (size < kRtpFixedHeaderSize || data[0] >> 6 != 2) return false;
  *header = RtpHeader{};
  header->padding = (data[0] & 0x20) != 0;
  header->marker = (data[1] & 0x80) != 0;
  header->payload_type = data[1] & 0x7f;
  header->sequence = ReadU16(data + 2);
  header->timestamp = ReadU32(data + 4);
  header->ssrc = ReadU32(data + 8);
  header->size = kRtpFixedHeaderSize + 4 * static_cast<size_t>(data[0] & 0x0f);
  if (header->size > size) return false;
  if ((data[0] & 0x10) == 0) return true;

  if (size - header->size < 4) return false;
  uint16_t profile = ReadU16(data + header->size);
  size_t extension_size = 4 * static_cast<size_t>(ReadU16(data + header->size + 2));
  header->size += 4;
  if (size - header->size < extension_size) return false;
  bool two_byte = (profile & 0xfff0) == kTwoByteProfile;
  if (extension_size > 0 && (profile == kOneByteProfile || two_byte)) {
    header->extension_offset = header->size;
    header->extension_size = extension_size;
    header->two_byte_extensions = two_byte;
  }
  header->size += extension_size;
  return true;
}

size_t RtpPaddingSize(const uint8_t* payload, size_t size) {
  if (size == 0) return 0;
  size_t count = payload[size - 1];
  return count <= size ? count : 0;
}

void WriteRtpHeader(uint8_t* out, uint32_t sequence_word, uint32_t timestamp, uint32_t ssrc) {
  out[0] = 0x80;
  out[1] = static_cast<uint8_t>(sequence_word >> 16);
  WriteU16(out + 2, static_cast<uint16_t>(sequence_word));
  WriteU32(out + 4, timestamp);
  WriteU32(out + 8, ssrc);
}

size_t WriteRtpExtension(uint8_t* packet, const uint8_t* elements, size_t size, bool two_byte) {
  size_t padded = (size + 3) & ~size_t{3};
  uint8_t* block = packet + kRtpFixedHeaderSize;
  packet[0] |= 0x10;
  WriteU16(block, two_byte ? kTwoByteProfile : kOneByteProfile);
  WriteU16(block + 2, static_cast<uint16_t>(padded / 4));
  memcpy(block + 4, elements, size);
  memset(block + 4 + size, 0, padded - size);
  return 4 + padded;
}

}  // namespace wire
