#include "srtp_receiver.h"

#include "packet_index.h"

namespace wire {

namespace {

// What the window of an SSRC says about a packet before it is decrypted.
SrtpError Check(const SsrcTable<ReplayWindow>& table, const ReplayWindow* window, uint64_t index) {
  if (window == nullptr) return table.full() ? SrtpError::kTooManySsrcs : SrtpError::kNone;
  return window->IsFresh(index) ? SrtpError::kNone : SrtpError::kReplay;
}

void MarkSeen(SsrcTable<ReplayWindow>* table, ReplayWindow* window, uint32_t ssrc, uint64_t index) {
  if (window == nullptr) {
    ReplayWindow first(index);
    first.MarkSeen(index);
    table->Insert(ssrc, first);
  } else {
    window->MarkSeen(index);
  }
}

}  // namespace

bool SrtpReceiver::Init(SrtpProfile profile, const uint8_t* master_key, const uint8_t* master_salt) {
  SrtpSessionKeys rtp_keys;
  SrtpSessionKeys rtcp_keys;
  return DeriveSrtpKeys(profile, master_key, master_salt, SrtpKeyUse::kRtp, &rtp_keys) &&
         DeriveSrtpKeys(profile, master_key, master_salt, SrtpKeyUse::kRtcp, &rtcp_keys) &&
         rtp_.Init(profile, SrtpDirection::kUnprotect, rtp_keys) &&
         rtcp_.Init(profile, SrtpDirection::kUnprotect, rtcp_keys);
}

size_t SrtpReceiver::UnprotectRtp(const uint8_t* packet, size_t size, const RtpHeader& header, uint8_t* out,
                                  SrtpError* error) {
  if (size < header.size + SrtpTagSize(rtp_.profile())) {
    *error = SrtpError::kMalformed;
    return 0;
  }
  ReplayWindow* window = rtp_windows_.Find(header.ssrc);
  uint64_t index = window == nullptr ? header.sequence : EstimatePacketIndex(window->highest(), header.sequence);
  *error = index == kInvalidPacketIndex ? SrtpError::kReplay : Check(rtp_windows_, window, index);
  if (*error != SrtpError::kNone) return 0;
  size_t plain_size = rtp_.UnprotectRtp(packet, size, header.size, header.ssrc, index, out);
  if (plain_size == 0) {
    *error = SrtpError::kAuthentication;
    return 0;
  }
  MarkSeen(&rtp_windows_, window, header.ssrc, index);
  return plain_size;
}

size_t SrtpReceiver::UnprotectRtcp(const uint8_t* packet, size_t size, uint8_t* out, SrtpError* error) {
  SrtcpHeader header;
  if (!ParseSrtcp(rtcp_.profile(), packet, size, &header)) {
    *error = SrtpError::kMalformed;
    return 0;
  }
  ReplayWindow* window = rtcp_windows_.Find(header.ssrc);
  *error = Check(rtcp_windows_, window, header.index);
  if (*error != SrtpError::kNone) return 0;
  size_t plain_size = rtcp_.UnprotectRtcp(packet, size, out);
  if (plain_size == 0) {
    *error = SrtpError::kAuthentication;
    return 0;
  }
  MarkSeen(&rtcp_windows_, window, header.ssrc, header.index);
  return plain_size;
}

}  // namespace wire
