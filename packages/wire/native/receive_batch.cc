#include "receive_batch.h"

#include <netinet/udp.h>

#include <cerrno>

namespace wire {

ReceiveBatch::ReceiveBatch() : buffers_(new uint8_t[kBufferStride * kCapacity]) {
  memset(headers_, 0, sizeof headers_);
  for (int i = 0; i < kCapacity; i++) {
    vectors_[i] = {buffers_.get() + i * kBufferStride, kBufferSize};
    headers_[i].msg_hdr.msg_iov = &vectors_[i];
    headers_[i].msg_hdr.msg_iovlen = 1;
    headers_[i].msg_hdr.msg_name = &addresses_[i];
    headers_[i].msg_hdr.msg_control = controls_[i].bytes;
  }
}

int ReceiveBatch::Read(const UdpSocket& socket) {
  // The kernel overwrites these with what it used.
  for (mmsghdr& header : headers_) {
    header.msg_hdr.msg_namelen = sizeof(sockaddr_storage);
    header.msg_hdr.msg_controllen = kControlSize;
  }
  int count = 0;
  do {
    count = recvmmsg(socket.fd(), headers_, kCapacity, MSG_DONTWAIT, nullptr);
  } while (count < 0 && errno == EINTR);
  return count < 0 ? 0 : count;
}

ReceiveBatch::Message ReceiveBatch::Get(int index, const UdpSocket& socket) const {
  msghdr header = headers_[index].msg_hdr;
  Message message;
  message.data = static_cast<const uint8_t*>(vectors_[index].iov_base);
  message.size = headers_[index].msg_len;
  message.segment_size = message.size;
  message.truncated = (header.msg_flags & MSG_TRUNC) != 0;
  message.path = Path::FromRemote(socket.index(), addresses_[index]);
  for (cmsghdr* control = CMSG_FIRSTHDR(&header); control != nullptr; control = CMSG_NXTHDR(&header, control)) {
    if (control->cmsg_level == SOL_UDP && control->cmsg_type == UDP_GRO) {
      int segment_size = 0;
      memcpy(&segment_size, CMSG_DATA(control), sizeof segment_size);
      if (segment_size > 0) message.segment_size = static_cast<size_t>(segment_size);
    } else if (control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO) {
      in_pktinfo info;
      memcpy(&info, CMSG_DATA(control), sizeof info);
      message.path.SetLocalAddress(&info.ipi_spec_dst, sizeof info.ipi_spec_dst);
    } else if (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_PKTINFO) {
      in6_pktinfo info;
      memcpy(&info, CMSG_DATA(control), sizeof info);
      message.path.SetLocalAddress(&info.ipi6_addr, sizeof info.ipi6_addr);
    }
  }
  return message;
}

}  // namespace wire
