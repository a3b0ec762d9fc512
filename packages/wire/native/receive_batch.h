// Reads many datagrams with one system call.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <memory>

#include "path.h"
#include "udp_socket.h"

namespace wire {

class ReceiveBatch {
 public:
  static constexpr int kCapacity = 32;

  // What one message holds: one datagram, or several of `segment_size` bytes (the last may be shorter) that came from
  // one address and were joined by the kernel (UDP_GRO).
  struct Message {
    const uint8_t* data;
    size_t size;
    size_t segment_size;
    bool truncated;
    Path path;
  };

  ReceiveBatch();
  ReceiveBatch(const ReceiveBatch&) = delete;
  ReceiveBatch& operator=(const ReceiveBatch&) = delete;

  // Returns the number of messages, 0 if there are none.
  int Read(const UdpSocket& socket);

  // Message `index` of the last read, which was from `socket`. Valid until the next read.
  Message Get(int index, const UdpSocket& socket) const;

 private:
  // A joined message takes up to 64 KiB; the rest keeps the buffers from sharing cache sets.
  static constexpr size_t kBufferSize = 65536;
  static constexpr size_t kBufferStride = kBufferSize + 192;
  static constexpr size_t kControlSize = CMSG_SPACE(sizeof(in6_pktinfo)) + CMSG_SPACE(sizeof(int));

  struct alignas(cmsghdr) Control {
    uint8_t bytes[kControlSize];
  };

  std::unique_ptr<uint8_t[]> buffers_;
  mmsghdr headers_[kCapacity];
  iovec vectors_[kCapacity];
  sockaddr_storage addresses_[kCapacity];
  Control controls_[kCapacity];
};

}  // namespace wire
