#include "sender.h"

#include "bytes.h"
#include "rtp_header.h"

namespace wire {

namespace {

constexpr size_t kMaxScratchPacket = kSlotSize;
// Header and original sequence number.
constexpr size_t kMaxHeaderSize = kRtpFixedHeaderSize + 2;
static_assert(kMaxHeaderSize + kSlotSize + kSrtpMaxOverhead <= SendBatch::kMaxPacketSize);
static_assert(kMaxScratchPacket + kSrtpMaxOverhead <= SendBatch::kMaxPacketSize);

// The bytes that a descriptor names, null if they are not there.
struct Source {
  const uint8_t* data;
  size_t size;
};

Source SlotSource(PacketPool* pool, const uint32_t* descriptor) {
  uint32_t slot = descriptor[kTxWordSource];
  size_t offset = descriptor[kTxWordLength] & 0xffff;
  size_t size = descriptor[kTxWordLength] >> 16;
  if (slot >= pool->slots() || offset + size > kSlotSize) return {nullptr, 0};
  return {pool->Data(slot) + offset, size};
}

Source ScratchSource(const uint8_t* scratch, const uint32_t* descriptor) {
  uint32_t offset = descriptor[kTxWordSource];
  uint32_t size = descriptor[kTxWordLength];
  if (offset % 4 != 0 || offset >= kScratchSize || size > kMaxScratchPacket || size > kScratchSize - offset) {
    return {nullptr, 0};
  }
  return {scratch + offset, size};
}

}  // namespace

Sender::Sender(const uint32_t* outgoing, const uint8_t* scratch, PacketPool* pool, SessionTable* sessions,
               const std::vector<std::unique_ptr<UdpSocket>>& sockets, Counters* counters)
    : outgoing_(outgoing), scratch_(scratch), pool_(pool), sessions_(sessions), sockets_(sockets), counters_(counters) {
  for (const auto& socket : sockets) batches_.push_back(std::make_unique<SendBatch>(socket.get(), counters));
}

void Sender::Flush(uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    switch (Send(outgoing_ + i * kTxWords)) {
      case Outcome::kSent:
        break;
      case Outcome::kNoKeys:
        counters_->droppedNoKeys++;
        break;
      case Outcome::kInvalid:
        counters_->droppedInvalidDescriptor++;
        break;
      case Outcome::kTooManySsrcs:
        counters_->droppedTooManySsrcs++;
        break;
    }
  }
  Submit();
}

void Sender::SendDtls(const Session& session, const uint8_t* data, size_t size) {
  if (!session.has_path || size > SendBatch::kMaxPacketSize) {
    counters_->droppedSend++;
    return;
  }
  SendBatch& batch = BatchFor(session.path);
  memcpy(batch.Reserve(), data, size);
  batch.Commit(session.path, size);
}

void Sender::Submit() {
  for (const auto& batch : batches_) batch->Submit();
}

bool Sender::IsValid(const Path& path) const {
  return path.socket_index() < sockets_.size() && sockets_[path.socket_index()]->family() == path.family() &&
         path.words[1] <= 0xffff;
}

Sender::Outcome Sender::Send(const uint32_t* descriptor) {
  uint32_t kind = descriptor[kTxWordKind];
  if (kind == kTxRaw) return SendRaw(descriptor);
  const Session* session = sessions_->Find(descriptor[kTxWordSession]);
  if (session == nullptr || !session->has_path) return Outcome::kInvalid;
  if (kind == kTxData) return SendData(*session, descriptor);
  if (session->srtp == nullptr) return Outcome::kNoKeys;
  switch (kind) {
    case kTxRtp:
      return SendRtp(*session, descriptor);
    case kTxRtx:
      return SendRtx(*session, descriptor);
    case kTxRtpScratch:
      return SendRtpScratch(*session, descriptor);
    case kTxRtcp:
      return SendRtcp(*session, descriptor);
    default:
      return Outcome::kInvalid;
  }
}

Sender::Outcome Sender::SendRtp(const Session& session, const uint32_t* descriptor) {
  Source payload = SlotSource(pool_, descriptor);
  if (payload.data == nullptr) return Outcome::kInvalid;
  uint8_t* packet = BatchFor(session.path).Reserve();
  uint32_t ssrc = descriptor[kTxWordSsrc];
  uint32_t sequence = descriptor[kTxWordSequence];
  WriteRtpHeader(packet, sequence, descriptor[kTxWordTimestamp], ssrc);
  SrtpError error = SrtpError::kNone;
  size_t size = session.srtp->sender.ProtectRtp(packet, kRtpFixedHeaderSize, payload.data, payload.size, ssrc,
                                                static_cast<uint16_t>(sequence), &error);
  return Commit(session, size, error);
}

Sender::Outcome Sender::SendRtx(const Session& session, const uint32_t* descriptor) {
  Source payload = SlotSource(pool_, descriptor);
  if (payload.data == nullptr) return Outcome::kInvalid;
  uint8_t* packet = BatchFor(session.path).Reserve();
  uint32_t ssrc = descriptor[kTxWordSsrc];
  uint32_t sequence = descriptor[kTxWordSequence];
  WriteRtpHeader(packet, sequence, descriptor[kTxWordTimestamp], ssrc);
  // RFC 4588 section 4: the original sequence number goes first. Encrypted in place, as it must be one piece.
  uint8_t* body = packet + kRtpFixedHeaderSize;
  WriteU16(body, static_cast<uint16_t>(descriptor[kTxWordExtra]));
  memcpy(body + 2, payload.data, payload.size);
  SrtpError error = SrtpError::kNone;
  size_t size = session.srtp->sender.ProtectRtp(packet, kRtpFixedHeaderSize, body, payload.size + 2, ssrc,
                                                static_cast<uint16_t>(sequence), &error);
  return Commit(session, size, error);
}

Sender::Outcome Sender::SendRtpScratch(const Session& session, const uint32_t* descriptor) {
  Source source = ScratchSource(scratch_, descriptor);
  RtpHeader header;
  if (source.data == nullptr || !ParseRtpHeader(source.data, source.size, &header)) return Outcome::kInvalid;
  uint8_t* packet = BatchFor(session.path).Reserve();
  memcpy(packet, source.data, header.size);
  SrtpError error = SrtpError::kNone;
  size_t size = session.srtp->sender.ProtectRtp(packet, header.size, source.data + header.size,
                                                source.size - header.size, header.ssrc, header.sequence, &error);
  return Commit(session, size, error);
}

Sender::Outcome Sender::SendRtcp(const Session& session, const uint32_t* descriptor) {
  Source source = ScratchSource(scratch_, descriptor);
  if (source.data == nullptr) return Outcome::kInvalid;
  SrtpError error = SrtpError::kNone;
  uint8_t* packet = BatchFor(session.path).Reserve();
  size_t size = session.srtp->sender.ProtectRtcp(source.data, source.size, packet, &error);
  return Commit(session, size, error);
}

Sender::Outcome Sender::SendData(const Session& session, const uint32_t* descriptor) {
  Source source = ScratchSource(scratch_, descriptor);
  if (source.data == nullptr) return Outcome::kInvalid;
  return session.dtls->Send(source.data, source.size) ? Outcome::kSent : Outcome::kNoKeys;
}

Sender::Outcome Sender::SendRaw(const uint32_t* descriptor) {
  Source source = ScratchSource(scratch_, descriptor);
  uint32_t path_offset = descriptor[kTxWordExtra];
  Path path;
  if (source.data == nullptr || path_offset % 4 != 0 || path_offset > kScratchSize - sizeof path.words) {
    return Outcome::kInvalid;
  }
  memcpy(path.words, scratch_ + path_offset, sizeof path.words);
  if (!IsValid(path)) return Outcome::kInvalid;
  SendBatch& batch = BatchFor(path);
  memcpy(batch.Reserve(), source.data, source.size);
  batch.Commit(path, source.size);
  return Outcome::kSent;
}

Sender::Outcome Sender::Commit(const Session& session, size_t size, SrtpError error) {
  if (size > 0) {
    BatchFor(session.path).Commit(session.path, size);
    return Outcome::kSent;
  }
  return error == SrtpError::kTooManySsrcs ? Outcome::kTooManySsrcs : Outcome::kInvalid;
}

}  // namespace wire
