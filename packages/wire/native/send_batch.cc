#include "send_batch.h"

#include <netinet/udp.h>

#include <algorithm>
#include <cerrno>

namespace wire {

namespace {

// Appends a control message at `offset` and returns the offset behind it.
size_t AppendControl(uint8_t* control, size_t offset, int level, int type, const void* data, size_t size) {
  cmsghdr header = {};
  header.cmsg_level = level;
  header.cmsg_type = type;
  header.cmsg_len = CMSG_LEN(size);
  memcpy(control + offset, &header, sizeof header);
  memcpy(control + offset + CMSG_LEN(0), data, size);
  return offset + CMSG_SPACE(size);
}

// The local address of a path, as the source address of a message.
size_t WriteSource(const Path& path, uint8_t* control) {
  if (!path.has_local_address()) return 0;
  if (path.family() == 4) {
    in_pktinfo info = {};
    memcpy(&info.ipi_spec_dst, path.words + 6, sizeof info.ipi_spec_dst);
    return AppendControl(control, 0, IPPROTO_IP, IP_PKTINFO, &info, sizeof info);
  }
  in6_pktinfo info = {};
  memcpy(&info.ipi6_addr, path.words + 6, sizeof info.ipi6_addr);
  info.ipi6_ifindex = path.scope();
  return AppendControl(control, 0, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof info);
}

}  // namespace

SendBatch::SendBatch(const UdpSocket* socket, Counters* counters)
    : socket_(socket), counters_(counters), segmenting_(socket->can_segment()), arena_(new uint8_t[kArenaSize]) {
  memset(headers_, 0, sizeof headers_);
}

uint8_t* SendBatch::Reserve() {
  if (used_ + kMaxPacketSize > kArenaSize || count_ == kMaxMessages) Submit();
  return arena_.get() + used_;
}

void SendBatch::Commit(const Path& path, size_t size) {
  uint8_t* data = arena_.get() + used_;
  used_ += size;
  if (Extend(path, size)) return;
  Message& message = messages_[count_++];
  message.data = data;
  message.size = size;
  message.segment_size = size;
  message.packets = 1;
  message.closed = false;
  message.address_size = path.ToRemote(&message.address);
  message.control_size = WriteSource(path, message.control);
  last_path_ = path;
}

bool SendBatch::Extend(const Path& path, size_t size) {
  if (!segmenting_ || count_ == 0) return false;
  Message& last = messages_[count_ - 1];
  if (last.closed || size > last.segment_size || last.packets == kMaxSegments || last.size + size > kMaxMessageSize ||
      !(path == last_path_)) {
    return false;
  }
  last.size += size;
  last.packets++;
  last.closed = size < last.segment_size;
  return true;
}

void SendBatch::Submit() {
  for (unsigned int i = 0; i < count_; i++) Fill(&messages_[i], &headers_[i].msg_hdr, &vectors_[i]);
  unsigned int next = 0;
  while (next < count_) {
    int sent = sendmmsg(socket_->fd(), headers_ + next, count_ - next, MSG_DONTWAIT);
    if (sent > 0) {
      counters_->sendCalls++;
      for (int i = 0; i < sent; i++) CountSent(messages_[next++]);
      continue;
    }
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == ENOBUFS) {
      while (next < count_) counters_->droppedSend += messages_[next++].packets;
    } else if (messages_[next].packets > 1) {
      // EIO, EINVAL or EMSGSIZE: the device or the path's MTU does not allow segmentation.
      if (++refusals_ == kMaxRefusals) segmenting_ = false;
      SendSingly(messages_[next++]);
    } else {
      counters_->droppedSend++;
      next++;
    }
  }
  count_ = 0;
  used_ = 0;
}

void SendBatch::Fill(Message* message, msghdr* header, iovec* vector) {
  *vector = {message->data, message->size};
  header->msg_iov = vector;
  header->msg_iovlen = 1;
  header->msg_name = &message->address;
  header->msg_namelen = message->address_size;
  size_t control_size = message->control_size;
  if (message->packets > 1) {
    auto segment_size = static_cast<uint16_t>(message->segment_size);
    control_size =
        AppendControl(message->control, control_size, SOL_UDP, UDP_SEGMENT, &segment_size, sizeof segment_size);
  }
  header->msg_control = control_size > 0 ? message->control : nullptr;
  header->msg_controllen = control_size;
}

void SendBatch::SendSingly(const Message& message) {
  msghdr header = {};
  Message single = message;
  iovec vector;
  single.packets = 1;
  for (size_t offset = 0; offset < message.size; offset += message.segment_size) {
    single.data = message.data + offset;
    single.size = std::min(message.segment_size, message.size - offset);
    Fill(&single, &header, &vector);
    if (sendmsg(socket_->fd(), &header, MSG_DONTWAIT) < 0) {
      counters_->droppedSend++;
    } else {
      counters_->sendCalls++;
      CountSent(single);
    }
  }
}

void SendBatch::CountSent(const Message& message) {
  counters_->packetsSent += message.packets;
  counters_->bytesSent += message.size;
  if (message.packets > 1) refusals_ = 0;
}

}  // namespace wire
