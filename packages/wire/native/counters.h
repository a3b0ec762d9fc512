// What happened to packets. The names are those of WireCounters in src/wire.ts, which says what each one counts.
#pragma once

#include <cstdint>

#define WIRE_COUNTERS(X)      \
  X(packetsReceived)          \
  X(bytesReceived)            \
  X(packetsSent)              \
  X(bytesSent)                \
  X(sendCalls)                \
  X(packetsHandedOver)        \
  X(droppedMalformed)         \
  X(droppedTooLong)           \
  X(droppedUnknownAddress)    \
  X(droppedNoKeys)            \
  X(droppedAuthentication)    \
  X(droppedReplay)            \
  X(droppedTooManySsrcs)      \
  X(droppedNoSlot)            \
  X(droppedInvalidDescriptor) \
  X(droppedSend)              \
  X(droppedMailboxFull)       \
  X(dtlsPacketsReceived)      \
  X(dtlsHandshakes)           \
  X(dtlsFailures)

namespace wire {

struct Counters {
#define WIRE_COUNTER_FIELD(name) uint64_t name = 0;
  WIRE_COUNTERS(WIRE_COUNTER_FIELD)
#undef WIRE_COUNTER_FIELD
};

}  // namespace wire
