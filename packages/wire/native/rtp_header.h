// The RTP header (RFC 3550 section 5.1) and its extension block (RFC 8285).
#pragma once

#include <cstddef>
#include <cstdint>

namespace wire {

constexpr size_t kRtpFixedHeaderSize = 12;

struct RtpHeader {
  bool marker;
  bool padding;
  uint8_t payload_type;
  uint16_t sequence;
  uint32_t timestamp;
  uint32_t ssrc;
  // Bytes before the payload: fixed header, CSRCs and the extension block.
  size_t size;
  // Where the first extension element starts and how many bytes the elements take; 0 and 0 without RFC 8285 elements.
  size_t extension_offset;
  size_t extension_size;
  bool two_byte_extensions;
};

// False if the packet is not RTP version 2 or if its header does not fit the packet.
bool ParseRtpHeader(const uint8_t* data, size_t size, RtpHeader* header);

// Bytes of padding at the end of a payload that was sent with the P bit, the count byte included; 0 if malformed.
size_t RtpPaddingSize(const uint8_t* payload, size_t size);

// Writes a header without CSRCs and extensions. `sequence_word` is packed as in the descriptors: sequence number
// (bits 0-15), payload type (16-22), marker (23).
void WriteRtpHeader(uint8_t* out, uint32_t sequence_word, uint32_t timestamp, uint32_t ssrc);

// Appends an extension block to a header that WriteRtpHeader wrote: elements of the one-byte or the two-byte form (RFC
// 8285 sections 4.2 and 4.3). Returns its bytes: four more than the elements take, rounded up to a multiple of four.
size_t WriteRtpExtension(uint8_t* packet, const uint8_t* elements, size_t size, bool two_byte);

}  // namespace wire
