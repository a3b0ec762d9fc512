// Protects what one session sends: SRTP and SRTCP with rollover counters.
#pragma once

#include "srtp_error.h"
#include "srtp_transform.h"
#include "ssrc_table.h"

namespace wire {

class SrtpSender {
 public:
  // `master_key` is SrtpKeySize bytes, `master_salt` SrtpSaltSize bytes. False if OpenSSL refuses.
  bool Init(SrtpProfile profile, const uint8_t* master_key, const uint8_t* master_salt);

  // Protects an RTP packet whose 12-byte or longer header already lies in `packet`, which has room for header, payload
  // and kSrtpMaxOverhead. The rollover counter is the one that brings `sequence` closest to the highest sequence
  // number sent. The same sequence number must not be used for other bytes. 0 and `*error` if it cannot be sent.
  size_t ProtectRtp(uint8_t* packet, size_t header_size, const uint8_t* payload, size_t payload_size, uint32_t ssrc,
                    uint16_t sequence, SrtpError* error);

  // Protects a compound RTCP packet into `out`, which has room for it and kSrtpMaxOverhead.
  size_t ProtectRtcp(const uint8_t* packet, size_t size, uint8_t* out, SrtpError* error);

 private:
  struct Stream {
    uint64_t highest;
  };

  SrtpTransform rtp_;
  SrtpTransform rtcp_;
  SsrcTable<Stream, kMaxSentSsrcs> streams_;
  // One for all SSRCs: nonces differ by SSRC as well, so this is only stricter than RFC 3711 section 3.2.1 asks.
  uint32_t rtcp_index_ = 0;
};

}  // namespace wire
