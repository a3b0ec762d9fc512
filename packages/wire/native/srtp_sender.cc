#include "srtp_sender.h"

#include "packet_index.h"
#include "rtcp_header.h"

namespace wire {

namespace {

constexpr uint32_t kMaxRtcpIndex = 0x7fffffff;

}  // namespace

bool SrtpSender::Init(SrtpProfile profile, const uint8_t* master_key, const uint8_t* master_salt) {
  SrtpSessionKeys rtp_keys;
  SrtpSessionKeys rtcp_keys;
  return DeriveSrtpKeys(profile, master_key, master_salt, SrtpKeyUse::kRtp, &rtp_keys) &&
         DeriveSrtpKeys(profile, master_key, master_salt, SrtpKeyUse::kRtcp, &rtcp_keys) &&
         rtp_.Init(profile, SrtpDirection::kProtect, rtp_keys) &&
         rtcp_.Init(profile, SrtpDirection::kProtect, rtcp_keys);
}

size_t SrtpSender::ProtectRtp(uint8_t* packet, size_t header_size, const uint8_t* payload, size_t payload_size,
                              uint32_t ssrc, uint16_t sequence, SrtpError* error) {
  Stream* stream = streams_.Find(ssrc);
  if (stream == nullptr) {
    if (streams_.full()) {
      *error = SrtpError::kTooManySsrcs;
      return 0;
    }
    streams_.Insert(ssrc, {sequence});
    stream = streams_.Find(ssrc);
  }
  uint64_t index = EstimatePacketIndex(stream->highest, sequence);
  if (index == kInvalidPacketIndex) {
    *error = SrtpError::kReplay;
    return 0;
  }
  if (index > stream->highest) stream->highest = index;
  *error = SrtpError::kMalformed;
  return rtp_.ProtectRtp(packet, header_size, payload, payload_size, ssrc, index);
}

size_t SrtpSender::ProtectRtcp(const uint8_t* packet, size_t size, uint8_t* out, SrtpError* error) {
  *error = SrtpError::kMalformed;
  if (size < kRtcpHeaderSize || rtcp_index_ == kMaxRtcpIndex) return 0;
  return rtcp_.ProtectRtcp(packet, size, ++rtcp_index_, out);
}

}  // namespace wire
