// Gathers packets to send from one socket and sends them with few system calls.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <memory>

#include "counters.h"
#include "path.h"
#include "udp_socket.h"

namespace wire {

class SendBatch {
 public:
  // Room that a packet may take.
  static constexpr size_t kMaxPacketSize = 2304;

  // Both outlive the batch.
  SendBatch(const UdpSocket* socket, Counters* counters);
  SendBatch(const SendBatch&) = delete;
  SendBatch& operator=(const SendBatch&) = delete;

  const UdpSocket& socket() const { return *socket_; }

  // Where to write the next packet: kMaxPacketSize bytes. May send what was gathered before.
  uint8_t* Reserve();
  // Adds the packet that was written where Reserve said. Packets of one path and size that follow one another become
  // one message, which the kernel segments; the last of them may be shorter.
  void Commit(const Path& path, size_t size);
  // Sends everything.
  void Submit();

 private:
  static constexpr size_t kArenaSize = 256 * 1024;
  static constexpr unsigned int kMaxMessages = 64;
  // What one UDP_SEGMENT send may hold (UDP_MAX_SEGMENTS of Linux before 6.9; bytes of an IP packet, rounded down).
  static constexpr unsigned int kMaxSegments = 64;
  static constexpr size_t kMaxMessageSize = 64000;
  // A path may refuse segmentation for its own reasons, but a host that keeps refusing has none.
  static constexpr unsigned int kMaxRefusals = 16;
  static constexpr size_t kControlSize = CMSG_SPACE(sizeof(in6_pktinfo)) + CMSG_SPACE(sizeof(uint16_t));

  struct Message {
    uint8_t* data;
    size_t size;
    size_t segment_size;
    unsigned int packets;
    bool closed;  // a shorter packet ended it
    sockaddr_storage address;
    socklen_t address_size;
    size_t control_size;  // without the segment size
    alignas(cmsghdr) uint8_t control[kControlSize];
  };

  bool Extend(const Path& path, size_t size);
  void Fill(Message* message, msghdr* header, iovec* vector);
  void SendSingly(const Message& message);
  void CountSent(const Message& message);

  const UdpSocket* socket_;
  Counters* counters_;
  bool segmenting_;
  unsigned int refusals_ = 0;
  std::unique_ptr<uint8_t[]> arena_;
  size_t used_ = 0;
  Path last_path_;
  unsigned int count_ = 0;
  Message messages_[kMaxMessages];
  mmsghdr headers_[kMaxMessages];
  iovec vectors_[kMaxMessages];
};

}  // namespace wire
