// A non-blocking UDP socket that tells the local address of each datagram.
#pragma once

#include <sys/socket.h>

#include <memory>
#include <string>

#include "path.h"

namespace wire {

// Who else may bind the address and port of a socket.
enum class PortSharing {
  kNobody,
  // Nobody has bound them yet, but sockets that join may from now on.
  kFounder,
  // With the founder and all that joined it. The kernel spreads peers over them.
  kMember,
};

class UdpSocket {
 public:
  // Binds `address`, numeric IPv4 or IPv6, to `port` (0: any). Null and errno on failure; EINVAL if it is no address.
  static std::unique_ptr<UdpSocket> Bind(uint32_t index, const std::string& address, uint16_t port,
                                         PortSharing sharing);

  UdpSocket(const UdpSocket&) = delete;
  UdpSocket& operator=(const UdpSocket&) = delete;
  ~UdpSocket();

  // Frees the port; reads and sends fail from now on. Idempotent.
  void Close();

  int fd() const { return fd_; }
  // Number of the socket in its wire, as in a path.
  uint32_t index() const { return index_; }
  // 4 or 6.
  uint32_t family() const { return family_; }
  uint16_t port() const;
  // False once it was closed.
  bool is_open() const { return fd_ >= 0; }
  // True if the kernel segments large sends (UDP_SEGMENT).
  bool can_segment() const { return can_segment_; }

 private:
  UdpSocket(int fd, uint32_t index, uint32_t family) : fd_(fd), index_(index), family_(family) {}

  bool SetOptions();

  int fd_;
  uint32_t index_;
  uint32_t family_;
  bool can_segment_ = false;
};

// Parses a numeric address with an optional %scope. False if it is none.
bool ParseAddress(const std::string& address, uint16_t port, sockaddr_storage* out, socklen_t* size);

}  // namespace wire
