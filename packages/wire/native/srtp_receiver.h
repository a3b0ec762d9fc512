// Verifies and decrypts what one session receives: SRTP and SRTCP with rollover counters and replay windows.
#pragma once

#include "replay_window.h"
#include "rtp_header.h"
#include "srtp_error.h"
#include "srtp_transform.h"
#include "ssrc_table.h"

namespace wire {

class SrtpReceiver {
 public:
  // `master_key` is SrtpKeySize bytes, `master_salt` SrtpSaltSize bytes. False if OpenSSL refuses.
  bool Init(SrtpProfile profile, const uint8_t* master_key, const uint8_t* master_salt);

  // Both write the packet, header included, to `out`, which has room for `size` bytes. They return its size, or 0 and
  // `*error`; `out` is garbage then. An SSRC gets a state only after a packet of it was authenticated.
  size_t UnprotectRtp(const uint8_t* packet, size_t size, const RtpHeader& header, uint8_t* out, SrtpError* error);
  size_t UnprotectRtcp(const uint8_t* packet, size_t size, uint8_t* out, SrtpError* error);

 private:
  SrtpTransform rtp_;
  SrtpTransform rtcp_;
  SsrcTable<ReplayWindow> rtp_windows_;
  SsrcTable<ReplayWindow> rtcp_windows_;
};

}  // namespace wire
