#include "udp_socket.h"

#include <netdb.h>
#include <netinet/udp.h>
#include <unistd.h>

#include <cerrno>

namespace wire {

namespace {

// A keyframe to hundreds of subscribers leaves in one go. The kernel cuts this to what the administrator allows.
constexpr int kBufferSize = 8 << 20;

bool SetOption(int fd, int level, int name, int value) {
  return setsockopt(fd, level, name, &value, sizeof value) == 0;
}

}  // namespace

std::unique_ptr<UdpSocket> UdpSocket::Bind(uint32_t index, const std::string& address, uint16_t port,
                                           PortSharing sharing) {
  sockaddr_storage local;
  socklen_t size = 0;
  if (!ParseAddress(address, port, &local, &size)) {
    errno = EINVAL;
    return nullptr;
  }
  int fd = socket(local.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return nullptr;
  std::unique_ptr<UdpSocket> result(new UdpSocket(fd, index, local.ss_family == AF_INET ? 4 : 6));
  auto share = [fd] { return SetOption(fd, SOL_SOCKET, SO_REUSEPORT, 1); };
  // A founder that shared before it has bound would join the sockets of another process of this user.
  if (!result->SetOptions() || (sharing == PortSharing::kMember && !share()) ||
      bind(fd, reinterpret_cast<sockaddr*>(&local), size) != 0 || (sharing == PortSharing::kFounder && !share())) {
    int error = errno;
    result.reset();
    errno = error;
    return nullptr;
  }
  return result;
}

UdpSocket::~UdpSocket() { Close(); }

void UdpSocket::Close() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

uint16_t UdpSocket::port() const {
  sockaddr_storage local = {};
  socklen_t size = sizeof local;
  if (getsockname(fd_, reinterpret_cast<sockaddr*>(&local), &size) != 0) return 0;
  return static_cast<uint16_t>(Path::FromRemote(index_, local).words[1]);
}

bool UdpSocket::SetOptions() {
  // These only make it faster, so a kernel without them is fine.
  SetOption(fd_, SOL_SOCKET, SO_RCVBUF, kBufferSize);
  SetOption(fd_, SOL_SOCKET, SO_SNDBUF, kBufferSize);
  SetOption(fd_, SOL_UDP, UDP_GRO, 1);
  int segment_size = 0;
  socklen_t size = sizeof segment_size;
  can_segment_ = getsockopt(fd_, SOL_UDP, UDP_SEGMENT, &segment_size, &size) == 0;

  if (family_ == 4) return SetOption(fd_, IPPROTO_IP, IP_PKTINFO, 1);
  return SetOption(fd_, IPPROTO_IPV6, IPV6_V6ONLY, 1) && SetOption(fd_, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
}

bool ParseAddress(const std::string& address, uint16_t port, sockaddr_storage* out, socklen_t* size) {
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* list = nullptr;
  if (getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &list) != 0) return false;
  *out = {};
  memcpy(out, list->ai_addr, list->ai_addrlen);
  *size = list->ai_addrlen;
  freeaddrinfo(list);
  return true;
}

}  // namespace wire
