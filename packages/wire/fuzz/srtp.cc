// Unprotects arbitrary bytes as SRTP and SRTCP, and checks that what is protected comes back unchanged.
#include <cstdlib>
#include <cstring>
#include <memory>

#include "layout.h"
#include "srtp_receiver.h"
#include "srtp_sender.h"

namespace {

constexpr uint8_t kMasterKey[wire::kSrtpMaxKeySize] = {1};
constexpr uint8_t kMasterSalt[wire::kSrtpMaxSaltSize] = {2};

// Exactly as large as the packet, so that the sanitizer sees the first byte too many.
std::unique_ptr<uint8_t[]> Buffer(size_t size) { return std::unique_ptr<uint8_t[]>(new uint8_t[size]); }

void Unprotect(wire::SrtpReceiver* receiver, const uint8_t* data, size_t size) {
  auto out = Buffer(size);
  wire::SrtpError error = wire::SrtpError::kNone;
  wire::RtpHeader header;
  if (wire::ParseRtpHeader(data, size, &header)) receiver->UnprotectRtp(data, size, header, out.get(), &error);
  receiver->UnprotectRtcp(data, size, out.get(), &error);
}

void RoundTrip(wire::SrtpSender* sender, wire::SrtpReceiver* receiver, const uint8_t* data, size_t size) {
  auto protected_packet = Buffer(size + wire::kSrtpMaxOverhead);
  auto out = Buffer(size + wire::kSrtpMaxOverhead);
  wire::SrtpError error = wire::SrtpError::kNone;
  wire::RtpHeader header;
  if (wire::ParseRtpHeader(data, size, &header)) {
    memcpy(protected_packet.get(), data, header.size);
    size_t protected_size = sender->ProtectRtp(protected_packet.get(), header.size, data + header.size,
                                               size - header.size, header.ssrc, header.sequence, &error);
    if (receiver->UnprotectRtp(protected_packet.get(), protected_size, header, out.get(), &error) != size) abort();
    if (memcmp(out.get(), data, size) != 0) abort();
  }
  size_t protected_size = sender->ProtectRtcp(data, size, protected_packet.get(), &error);
  if (protected_size == 0 || data[0] >> 6 != 2) return;
  if (receiver->UnprotectRtcp(protected_packet.get(), protected_size, out.get(), &error) != size) abort();
  if (memcmp(out.get(), data, size) != 0) abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > wire::kSlotSize) return 0;
  for (auto profile : {wire::SrtpProfile::kAeadAes128Gcm, wire::SrtpProfile::kAeadAes256Gcm,
                       wire::SrtpProfile::kAes128CmSha1_80, wire::SrtpProfile::kAes128CmSha1_32}) {
    wire::SrtpSender sender;
    wire::SrtpReceiver receiver;
    if (!sender.Init(profile, kMasterKey, kMasterSalt) || !receiver.Init(profile, kMasterKey, kMasterSalt)) abort();
    Unprotect(&receiver, data, size);
    RoundTrip(&sender, &receiver, data, size);
  }
  return 0;
}
