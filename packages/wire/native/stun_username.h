// Whose ICE check a STUN message is, when several wires share a port.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wire {

// The first character of the USERNAME of a message that Demultiplex took for STUN: it begins with the user name fragment
// of the one who is asked (RFC 8445 section 7.2.2). 0 if there is none.
uint8_t StunUfragPrefix(const uint8_t* data, size_t size);

}  // namespace wire
