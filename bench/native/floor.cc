// The floor of a benchmark: a loop that does nothing but encrypt and send what a server would have to send, on time.
// No signalling, no receiving, no decisions: what is left is the cost of AES-GCM and of the kernel.
#include <node_api.h>
#include <sys/socket.h>

#include <cerrno>
#include <ctime>
#include <memory>
#include <vector>

#include "counters.h"
#include "napi_helpers.h"
#include "send_batch.h"
#include "srtp_transform.h"
#include "udp_socket.h"

namespace {

using wire::Arguments;
using wire::MakeNumber;

// Words of one row of the schedule: packets of one size for one receiver.
enum RowWord { kRowMicroseconds, kRowReceiver, kRowPackets, kRowPayloadSize, kRowWords };

constexpr size_t kMaxPayloadSize = 1500;
constexpr int64_t kMicrosecondsPerSecond = 1'000'000;
constexpr int64_t kNanosecondsPerMicrosecond = 1'000;

struct Receiver {
  wire::Path path;
  std::unique_ptr<wire::SrtpTransform> srtp;
  uint64_t index = 0;
};

int64_t Now(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<int64_t>(time.tv_sec) * kMicrosecondsPerSecond + time.tv_nsec / kNanosecondsPerMicrosecond;
}

void SleepUntil(int64_t microseconds) {
  timespec time;
  time.tv_sec = microseconds / kMicrosecondsPerSecond;
  time.tv_nsec = microseconds % kMicrosecondsPerSecond * kNanosecondsPerMicrosecond;
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) == EINTR) continue;
}

bool MakeReceiver(uint32_t port, Receiver* receiver) {
  sockaddr_storage address;
  socklen_t size = 0;
  if (!wire::ParseAddress("127.0.0.1", static_cast<uint16_t>(port), &address, &size)) return false;
  receiver->path = wire::Path::FromRemote(0, address);
  wire::SrtpSessionKeys keys;
  // Each has a key of its own, as each subscriber has.
  memcpy(keys.key, &port, sizeof port);
  receiver->srtp = std::make_unique<wire::SrtpTransform>();
  return receiver->srtp->Init(wire::SrtpProfile::kAeadAes128Gcm, wire::SrtpDirection::kProtect, keys);
}

// Without encryption the packets are whatever lies in the buffer: the kernel does not mind.
void SendRow(const uint32_t* row, bool encrypt, size_t header_size, const uint8_t* payload, Receiver* receiver,
             wire::SendBatch* batch) {
  size_t payload_size = row[kRowPayloadSize];
  for (uint32_t i = 0; i < row[kRowPackets]; i++) {
    uint8_t* packet = batch->Reserve();
    size_t size = header_size + payload_size + wire::kGcmTagSize;
    if (encrypt) {
      receiver->index++;
      size = receiver->srtp->ProtectRtp(packet, header_size, payload, payload_size, 1, receiver->index);
    }
    batch->Commit(receiver->path, size);
  }
}

// run(ports, schedule of one second, seconds, header size, encrypt) → [packets, microseconds of CPU time]
napi_value Run(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  const uint32_t* ports = nullptr;
  const uint32_t* rows = nullptr;
  size_t port_count = 0;
  size_t words = 0;
  uint32_t seconds = 0;
  uint32_t header_size = 0;
  bool encrypt = false;
  if (!arguments.TypedArray(0, napi_uint32_array, &ports, &port_count) ||
      !arguments.TypedArray(1, napi_uint32_array, &rows, &words) || !arguments.Uint32(2, &seconds) ||
      !arguments.Uint32(3, &header_size) || !arguments.Bool(4, &encrypt)) {
    return nullptr;
  }
  auto socket = wire::UdpSocket::Bind(0, "127.0.0.1", 0, wire::PortSharing::kNobody);
  std::vector<Receiver> receivers(port_count);
  bool ready = socket != nullptr;
  for (size_t i = 0; i < port_count; i++) ready = ready && MakeReceiver(ports[i], &receivers[i]);
  const uint32_t* end = rows + words / kRowWords * kRowWords;
  for (const uint32_t* row = rows; row != end; row += kRowWords) {
    ready = ready && row[kRowReceiver] < port_count && row[kRowPayloadSize] <= kMaxPayloadSize;
  }
  if (!ready) {
    napi_throw_error(env, nullptr, "the floor cannot be set up");
    return nullptr;
  }
  wire::Counters counters;
  wire::SendBatch batch(socket.get(), &counters);
  std::vector<uint8_t> payload(kMaxPayloadSize, 0x5a);

  int64_t start = Now(CLOCK_MONOTONIC);
  int64_t cpu = Now(CLOCK_THREAD_CPUTIME_ID);
  for (uint32_t second = 0; second < seconds; second++) {
    for (const uint32_t* row = rows; row != end;) {
      uint32_t due = row[kRowMicroseconds];
      SleepUntil(start + second * kMicrosecondsPerSecond + due);
      for (; row != end && row[kRowMicroseconds] == due; row += kRowWords) {
        SendRow(row, encrypt, header_size, payload.data(), &receivers[row[kRowReceiver]], &batch);
      }
      batch.Submit();
    }
  }
  cpu = Now(CLOCK_THREAD_CPUTIME_ID) - cpu;
  napi_value result = nullptr;
  napi_create_array_with_length(env, 2, &result);
  napi_set_element(env, result, 0, MakeNumber(env, static_cast<double>(counters.packetsSent)));
  napi_set_element(env, result, 1, MakeNumber(env, static_cast<double>(cpu)));
  return result;
}

}  // namespace

NAPI_MODULE_INIT() {
  wire::SetMethod(env, exports, "run", Run);
  return exports;
}
