// Which protocol a datagram belongs to, when all share one port.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wire {

enum class PacketKind { kStun, kDtls, kRtp, kRtcp, kUnknown };

// RFC 7983 section 7, and RFC 5761 section 4 for RTP against RTCP. A STUN message must also carry the magic cookie and
// a length that fits the datagram, since it is the one kind that is accepted from any address.
PacketKind Demultiplex(const uint8_t* data, size_t size);

}  // namespace wire
