// Why a packet was neither protected nor accepted.
#pragma once

namespace wire {

enum class SrtpError { kNone, kMalformed, kAuthentication, kReplay, kTooManySsrcs };

}  // namespace wire
