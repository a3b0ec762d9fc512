#include "demux.h"

#include "bytes.h"
#include "rtcp_header.h"

namespace wire {

namespace {

constexpr size_t kStunHeaderSize = 20;
constexpr size_t kStunMaxSize = 1280;
constexpr uint32_t kStunMagicCookie = 0x2112a442;
constexpr size_t kDtlsRecordHeaderSize = 13;
constexpr size_t kRtpHeaderSize = 12;

bool IsStun(const uint8_t* data, size_t size) {
  if (size < kStunHeaderSize || size > kStunMaxSize) return false;
  size_t length = ReadU16(data + 2);
  return length % 4 == 0 && kStunHeaderSize + length == size && ReadU32(data + 4) == kStunMagicCookie;
}

}  // namespace

PacketKind Demultiplex(const uint8_t* data, size_t size) {
  if (size == 0) return PacketKind::kUnknown;
  uint8_t first = data[0];
  if (first <= 3) return IsStun(data, size) ? PacketKind::kStun : PacketKind::kUnknown;
  if (first >= 20 && first <= 63) return size >= kDtlsRecordHeaderSize ? PacketKind::kDtls : PacketKind::kUnknown;
  if (first < 128 || first > 191 || size < kRtcpHeaderSize) return PacketKind::kUnknown;
  if (data[1] >= 192 && data[1] <= 223) return PacketKind::kRtcp;
  return size >= kRtpHeaderSize ? PacketKind::kRtp : PacketKind::kUnknown;
}

}  // namespace wire
