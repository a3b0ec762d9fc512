// Both directions of SRTP of one session.
#pragma once

#include "srtp_receiver.h"
#include "srtp_sender.h"

namespace wire {

struct SrtpSession {
  SrtpProfile profile = SrtpProfile::kAeadAes128Gcm;
  SrtpSender sender;
  SrtpReceiver receiver;
};

}  // namespace wire
