// The 48-bit packet index of SRTP: rollover counter and sequence number.
#pragma once

#include <cstdint>

namespace wire {

constexpr uint64_t kInvalidPacketIndex = ~uint64_t{0};

// RFC 3711 section 3.3.1: the index closest to the highest one so far whose low 16 bits are `sequence`.
// kInvalidPacketIndex if that lies before the first rollover period.
inline uint64_t EstimatePacketIndex(uint64_t highest, uint16_t sequence) {
  int64_t distance = static_cast<int16_t>(static_cast<uint16_t>(sequence - static_cast<uint16_t>(highest)));
  int64_t index = static_cast<int64_t>(highest) + distance;
  return index < 0 ? kInvalidPacketIndex : static_cast<uint64_t>(index);
}

}  // namespace wire
