#include "receiver.h"

#include <algorithm>

#include "demux.h"
#include "dtls_record.h"
#include "rtcp_header.h"
#include "rtp_header.h"
#include "stun_username.h"

namespace wire {

namespace {

// Reads of the socket before the event loop gets its turn again.
constexpr int kMaxReads = 4;
// What one DTLS datagram may bring: the records that fit it, those that OpenSSL kept while it waited for the end of the
// handshake (up to 100), and changes of state.
constexpr uint32_t kMaxDescriptorsPerPacket = kSlotSize / (13 + kDtlsGcmOverhead) + 100 + 2;
static_assert(kMaxDescriptorsPerPacket < kReceivedCapacity);

}  // namespace

Receiver::Receiver(uint32_t* received, PacketPool* pool, SessionTable* sessions, Counters* counters,
                   BatchHandler* handler)
    : received_(received), pool_(pool), sessions_(sessions), counters_(counters), handler_(handler) {}

void Receiver::Receive(const UdpSocket& socket) {
  receiving_ = true;
  PushQueuedStates();
  for (int reads = 0; reads < kMaxReads && !stopped_ && socket.is_open(); reads++) {
    int messages = batch_.Read(socket);
    for (int i = 0; i < messages && !stopped_ && socket.is_open(); i++) ReceiveMessage(batch_.Get(i, socket));
    // Before the next read, as they lie in its buffers.
    if (!strays_.empty() && !stopped_) exchange_->HandOver(&strays_, counters_);
    strays_.clear();
    if (messages < ReceiveBatch::kCapacity) break;
  }
  Deliver();
  receiving_ = false;
}

void Receiver::ReceiveQueued() {
  receiving_ = true;
  PushQueuedStates();
  if (mailbox_ != nullptr) ReceiveMail();
  Deliver();
  receiving_ = false;
}

void Receiver::Join(std::shared_ptr<Exchange> exchange, uint8_t member, std::shared_ptr<Mailbox> mailbox,
                    uint32_t shared_sockets) {
  exchange_ = std::move(exchange);
  member_ = member;
  mailbox_ = std::move(mailbox);
  shared_sockets_ = shared_sockets;
}

void Receiver::ReceiveMail() {
  mailbox_->Take();
  for (const Path& path : mailbox_->lost_paths()) {
    Session* session = sessions_->FindByPath(path);
    if (session != nullptr) sessions_->DropPath(session);
  }
  opening_mail_ = true;
  Mailbox::Datagram datagram;
  while (!stopped_ && mailbox_->Next(&datagram)) ReceivePacket(datagram.path, datagram.data, datagram.size);
  opening_mail_ = false;
}

bool Receiver::PutAside(const Path& path, const uint8_t* data, size_t size, uint8_t ufrag_prefix) {
  if (!IsShared(path) || opening_mail_) return false;
  strays_.push_back({path, data, size, ufrag_prefix});
  return true;
}

uint8_t Receiver::AddresseeOfStun(const Path& path, const uint8_t* data, size_t size) const {
  if (!IsShared(path)) return 0;
  uint8_t prefix = StunUfragPrefix(data, size);
  return prefix != member_ && exchange_->HasMember(prefix) ? prefix : 0;
}

void Receiver::PushState(uint32_t session, DtlsState state) {
  if (!receiving_ || delivering_ || count_ == kReceivedCapacity) {
    queued_states_.push_back({session, state});
    handler_->OnQueued();
    return;
  }
  uint32_t* descriptor = Push(kRxState, session, PacketPool::kNoSlot, 0);
  descriptor[kRxWordState] = state;
}

uint8_t* Receiver::DataBuffer() {
  uint32_t slot = pool_->Peek();
  return slot == PacketPool::kNoSlot ? discard_ : pool_->Data(slot);
}

void Receiver::PushData(uint32_t session, size_t size) {
  if (pool_->Peek() == PacketPool::kNoSlot || count_ == kReceivedCapacity) {
    counters_->droppedNoSlot++;
  } else {
    Push(kRxData, session, pool_->Take(), size);
  }
}

void Receiver::ReceiveMessage(const ReceiveBatch::Message& message) {
  for (size_t offset = 0; offset < message.size && !stopped_; offset += message.segment_size) {
    size_t size = std::min(message.segment_size, message.size - offset);
    counters_->packetsReceived++;
    counters_->bytesReceived += size;
    if (size > kSlotSize || message.truncated) {
      counters_->droppedTooLong++;
    } else {
      ReceivePacket(message.path, message.data + offset, size);
    }
  }
  if (message.size == 0) {
    counters_->packetsReceived++;
    counters_->droppedMalformed++;
  }
}

void Receiver::ReceivePacket(const Path& path, const uint8_t* data, size_t size) {
  PacketKind kind = Demultiplex(data, size);
  uint32_t needed = kind == PacketKind::kDtls ? kMaxDescriptorsPerPacket : 1;
  if (kReceivedCapacity - count_ < needed) Deliver();
  if (stopped_) return;

  path_ = path;
  if (kind == PacketKind::kStun) {
    // Asked first of all: the path may be of a session here that has gone to another wire.
    uint8_t addressee = AddresseeOfStun(path, data, size);
    if (addressee == 0 || !PutAside(path, data, size, addressee)) ReceiveStun(path, data, size);
    return;
  }
  if (kind == PacketKind::kUnknown) {
    counters_->droppedMalformed++;
    return;
  }
  Session* session = sessions_->FindByPath(path);
  if (session == nullptr) session = sessions_->Latching(path);
  if (session == nullptr) {
    if (!PutAside(path, data, size, 0)) counters_->droppedUnknownAddress++;
    return;
  }
  if (kind == PacketKind::kDtls) {
    ReceiveDtls(session, data, size);
  } else if (session->srtp == nullptr && session->kind != SessionKind::kPlain) {
    counters_->droppedNoKeys++;
  } else if (kind == PacketKind::kRtp) {
    ReceiveRtp(session, data, size);
  } else {
    ReceiveRtcp(session, data, size);
  }
}

void Receiver::ReceiveStun(const Path& path, const uint8_t* data, size_t size) {
  if (pool_->Peek() == PacketPool::kNoSlot) {
    counters_->droppedNoSlot++;
    return;
  }
  const Session* session = sessions_->FindByPath(path);
  uint32_t slot = pool_->Take();
  memcpy(pool_->Data(slot), data, size);
  Push(kRxStun, session == nullptr ? kNoSession : session->id, slot, size);
}

void Receiver::ReceiveDtls(Session* session, const uint8_t* data, size_t size) {
  if (session->dtls == nullptr || !IsDtlsDatagram(data, size)) {
    counters_->droppedMalformed++;
    return;
  }
  counters_->dtlsPacketsReceived++;
  session->dtls->Receive(data, size);
}

void Receiver::ReceiveRtp(Session* session, const uint8_t* data, size_t size) {
  RtpHeader header;
  if (!ParseRtpHeader(data, size, &header)) {
    counters_->droppedMalformed++;
    return;
  }
  if (pool_->Peek() == PacketPool::kNoSlot) {
    counters_->droppedNoSlot++;
    return;
  }
  uint8_t* packet = pool_->Data(pool_->Peek());
  size_t packet_size = OpenRtp(session, data, size, header, packet);
  if (packet_size == 0) return;
  if (header.padding) {
    size_t padding = RtpPaddingSize(packet + header.size, packet_size - header.size);
    if (padding == 0) {
      counters_->droppedMalformed++;
      return;
    }
    packet_size -= padding;
  }
  sessions_->Confirm(session, path_);
  uint32_t* descriptor = Push(kRxRtp, session->id, pool_->Take(), packet_size);
  descriptor[kRxWordSsrc] = header.ssrc;
  descriptor[kRxWordSequence] =
      header.sequence | static_cast<uint32_t>(header.payload_type) << 16 | static_cast<uint32_t>(header.marker) << 23;
  descriptor[kRxWordTimestamp] = header.timestamp;
  descriptor[kRxWordPayload] = static_cast<uint32_t>(header.size) | static_cast<uint32_t>(packet_size - header.size)
                                                                        << 16;
  descriptor[kRxWordExtension] =
      static_cast<uint32_t>(header.extension_offset) | static_cast<uint32_t>(header.extension_size) << 16;
  descriptor[kRxWordFlags] = header.two_byte_extensions ? kRxTwoByteExtensions : 0;
}

void Receiver::ReceiveRtcp(Session* session, const uint8_t* data, size_t size) {
  if (pool_->Peek() == PacketPool::kNoSlot) {
    counters_->droppedNoSlot++;
    return;
  }
  size_t packet_size = OpenRtcp(session, data, size, pool_->Data(pool_->Peek()));
  if (packet_size == 0) return;
  sessions_->Confirm(session, path_);
  Push(kRxRtcp, session->id, pool_->Take(), packet_size);
}

size_t Receiver::OpenRtp(Session* session, const uint8_t* data, size_t size, const RtpHeader& header, uint8_t* out) {
  if (session->kind == SessionKind::kPlain) {
    memcpy(out, data, size);
    return size;
  }
  SrtpError error = SrtpError::kNone;
  size_t packet_size = session->srtp->receiver.UnprotectRtp(data, size, header, out, &error);
  if (packet_size == 0) CountSrtpError(error);
  return packet_size;
}

size_t Receiver::OpenRtcp(Session* session, const uint8_t* data, size_t size, uint8_t* out) {
  if (session->kind == SessionKind::kPlain) {
    if (!IsCompoundRtcp(data, size)) {
      counters_->droppedMalformed++;
      return 0;
    }
    memcpy(out, data, size);
    return size;
  }
  SrtpError error = SrtpError::kNone;
  size_t packet_size = session->srtp->receiver.UnprotectRtcp(data, size, out, &error);
  if (packet_size == 0) CountSrtpError(error);
  return packet_size;
}

void Receiver::CountSrtpError(SrtpError error) {
  switch (error) {
    case SrtpError::kNone:
    case SrtpError::kMalformed:
      counters_->droppedMalformed++;
      break;
    case SrtpError::kAuthentication:
      counters_->droppedAuthentication++;
      break;
    case SrtpError::kReplay:
      counters_->droppedReplay++;
      break;
    case SrtpError::kTooManySsrcs:
      counters_->droppedTooManySsrcs++;
      break;
  }
}

uint32_t* Receiver::Push(RxKind kind, uint32_t session, uint32_t slot, size_t size) {
  uint32_t* descriptor = received_ + count_ * kRxWords;
  slots_[count_++] = slot;
  memset(descriptor, 0, kRxWordPath * sizeof *descriptor);
  descriptor[kRxWordKind] = kind;
  descriptor[kRxWordSession] = session;
  descriptor[kRxWordSlot] = slot;
  descriptor[kRxWordLength] = static_cast<uint32_t>(size);
  memcpy(descriptor + kRxWordPath, path_.words, sizeof path_.words);
  return descriptor;
}

void Receiver::PushQueuedStates() {
  path_ = Path();
  while (!queued_states_.empty()) {
    if (count_ == kReceivedCapacity) Deliver();
    if (stopped_) return;
    StateChange change = queued_states_.front();
    queued_states_.pop_front();
    // Closed meanwhile: nobody wants to know.
    if (sessions_->Find(change.session) != nullptr) PushState(change.session, change.state);
  }
}

void Receiver::Deliver() {
  if (count_ == 0 || stopped_) return;
  delivering_ = true;
  handler_->OnBatch(count_);
  delivering_ = false;
  for (uint32_t i = 0; i < count_; i++) {
    if (slots_[i] == PacketPool::kNoSlot) continue;
    bool keep = (received_[i * kRxWords + kRxWordFlags] & kRxKeep) != 0;
    pool_->EndBatch(slots_[i], keep);
  }
  count_ = 0;
}

}  // namespace wire
