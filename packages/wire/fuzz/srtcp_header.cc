#include <cstdlib>
#include <initializer_list>

#include "srtp_transform.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  for (auto profile : {wire::SrtpProfile::kAeadAes128Gcm, wire::SrtpProfile::kAeadAes256Gcm,
                       wire::SrtpProfile::kAes128CmSha1_80, wire::SrtpProfile::kAes128CmSha1_32}) {
    wire::SrtcpHeader header;
    if (!wire::ParseSrtcp(profile, data, size, &header)) continue;
    if (size < 8 + wire::SrtcpTagSize(profile) + wire::kSrtcpIndexSize || header.index > 0x7fffffff) abort();
  }
  return 0;
}
