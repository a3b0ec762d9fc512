// The shape of a compound RTCP packet that came unencrypted (RFC 3550 section 6.1).
#pragma once

#include <cstddef>
#include <cstdint>

namespace wire {

// Of the shortest packet that says whose it is.
constexpr size_t kRtcpHeaderSize = 8;

// True if the datagram consists of whole RTCP packets of version 2, the first of which names an SSRC.
bool IsCompoundRtcp(const uint8_t* data, size_t size);

}  // namespace wire
