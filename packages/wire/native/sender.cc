#include "sender.h"

#include "bytes.h"
#include "rtcp_header.h"
#include "rtp_header.h"

namespace wire {

namespace {

constexpr size_t kMaxScratchPacket = kSlotSize;
// What one byte of a descriptor can say, for extension elements and prefix each.
constexpr size_t kMaxPieceSize = 255;
// Header, extension block with its padding, original sequence number and prefix.
constexpr size_t kMaxHeaderSize = kRtpFixedHeaderSize + 4 + kMaxPieceSize + 1 + 2 + kMaxPieceSize;
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

// Offset and size packed into one word. Data is null if there is nothing; `*valid` is false if it is not in the area.
Source ScratchPiece(const uint8_t* scratch, uint32_t word, bool* valid) {
  size_t offset = word & 0xffffff;
  size_t size = word >> 24;
  *valid = offset + size <= kScratchSize;
  return size > 0 && *valid ? Source{scratch + offset, size} : Source{nullptr, 0};
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
               Counters* counters)
    : outgoing_(outgoing), scratch_(scratch), pool_(pool), sessions_(sessions), counters_(counters) {}

void Sender::AddSocket(const UdpSocket& socket) {
  if (batches_.size() <= socket.index()) batches_.resize(socket.index() + 1);
  batches_[socket.index()] = std::make_unique<SendBatch>(&socket, counters_);
}

void Sender::RemoveSocket(uint32_t index) {
  batches_[index]->Submit();
  batches_[index].reset();
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
  for (const auto& batch : batches_) {
    if (batch != nullptr) batch->Submit();
  }
}

bool Sender::IsValid(const Path& path) const {
  return path.socket_index() < batches_.size() && batches_[path.socket_index()] != nullptr &&
         batches_[path.socket_index()]->socket().family() == path.family() && path.words[1] <= 0xffff;
}

Sender::Outcome Sender::Send(const uint32_t* descriptor) {
  uint32_t kind = descriptor[kTxWordKind];
  if (kind == kTxRaw) return SendRaw(descriptor);
  const Session* session = sessions_->Find(descriptor[kTxWordSession]);
  if (session == nullptr || !session->has_path) return Outcome::kInvalid;
  if (kind == kTxData) return SendData(*session, descriptor);
  if (session->srtp == nullptr && session->kind != SessionKind::kPlain) return Outcome::kNoKeys;
  switch (kind) {
    case kTxRtp:
    case kTxRtx:
      return SendSlot(*session, descriptor);
    case kTxRtpScratch:
      return SendRtpScratch(*session, descriptor);
    case kTxRtcp:
      return SendRtcp(*session, descriptor);
    default:
      return Outcome::kInvalid;
  }
}

Sender::Outcome Sender::SendSlot(const Session& session, const uint32_t* descriptor) {
  Source payload = SlotSource(pool_, descriptor);
  bool extension_valid = false;
  bool prefix_valid = false;
  uint32_t extension_word = descriptor[kTxWordExtension];
  bool two_byte = (extension_word & kTxTwoByteExtensions) != 0;
  Source extension = ScratchPiece(scratch_, extension_word & ~kTxTwoByteExtensions, &extension_valid);
  Source prefix = ScratchPiece(scratch_, descriptor[kTxWordPrefix], &prefix_valid);
  if (payload.data == nullptr || !extension_valid || !prefix_valid) return Outcome::kInvalid;
  uint8_t* packet = BatchFor(session.path).Reserve();
  uint32_t ssrc = descriptor[kTxWordSsrc];
  uint32_t sequence = descriptor[kTxWordSequence];
  WriteRtpHeader(packet, sequence, descriptor[kTxWordTimestamp], ssrc);
  size_t header_size = kRtpFixedHeaderSize;
  if (extension.size > 0) header_size += WriteRtpExtension(packet, extension.data, extension.size, two_byte);

  const uint8_t* body = payload.data;
  size_t body_size = payload.size;
  bool is_rtx = descriptor[kTxWordKind] == kTxRtx;
  if (is_rtx || prefix.size > 0) {
    // Encrypted in place, as it must be one piece.
    uint8_t* start = packet + header_size;
    uint8_t* out = start;
    if (is_rtx) {
      // RFC 4588 section 4: the original sequence number goes first.
      WriteU16(out, static_cast<uint16_t>(descriptor[kTxWordExtra]));
      out += 2;
    }
    if (prefix.size > 0) memcpy(out, prefix.data, prefix.size);
    out += prefix.size;
    memcpy(out, payload.data, payload.size);
    body = start;
    body_size = static_cast<size_t>(out - start) + payload.size;
  }
  SrtpError error = SrtpError::kNone;
  size_t size =
      ProtectRtp(session, packet, header_size, body, body_size, ssrc, static_cast<uint16_t>(sequence), &error);
  return Commit(session, size, error);
}

Sender::Outcome Sender::SendRtpScratch(const Session& session, const uint32_t* descriptor) {
  Source source = ScratchSource(scratch_, descriptor);
  RtpHeader header;
  if (source.data == nullptr || !ParseRtpHeader(source.data, source.size, &header)) return Outcome::kInvalid;
  uint8_t* packet = BatchFor(session.path).Reserve();
  memcpy(packet, source.data, header.size);
  SrtpError error = SrtpError::kNone;
  size_t size = ProtectRtp(session, packet, header.size, source.data + header.size, source.size - header.size,
                           header.ssrc, header.sequence, &error);
  return Commit(session, size, error);
}

Sender::Outcome Sender::SendRtcp(const Session& session, const uint32_t* descriptor) {
  Source source = ScratchSource(scratch_, descriptor);
  if (source.data == nullptr) return Outcome::kInvalid;
  SrtpError error = SrtpError::kNone;
  uint8_t* packet = BatchFor(session.path).Reserve();
  size_t size = 0;
  if (session.kind != SessionKind::kPlain) {
    size = session.srtp->sender.ProtectRtcp(source.data, source.size, packet, &error);
  } else if (source.size >= kRtcpHeaderSize) {
    memcpy(packet, source.data, source.size);
    size = source.size;
  }
  return Commit(session, size, error);
}

Sender::Outcome Sender::SendData(const Session& session, const uint32_t* descriptor) {
  Source source = ScratchSource(scratch_, descriptor);
  if (source.data == nullptr) return Outcome::kInvalid;
  return session.dtls != nullptr && session.dtls->Send(source.data, source.size) ? Outcome::kSent : Outcome::kNoKeys;
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

size_t Sender::ProtectRtp(const Session& session, uint8_t* packet, size_t header_size, const uint8_t* payload,
                          size_t payload_size, uint32_t ssrc, uint16_t sequence, SrtpError* error) {
  if (session.kind != SessionKind::kPlain) {
    return session.srtp->sender.ProtectRtp(packet, header_size, payload, payload_size, ssrc, sequence, error);
  }
  if (payload != packet + header_size) memcpy(packet + header_size, payload, payload_size);
  return header_size + payload_size;
}

Sender::Outcome Sender::Commit(const Session& session, size_t size, SrtpError error) {
  if (size > 0) {
    BatchFor(session.path).Commit(session.path, size);
    return Outcome::kSent;
  }
  return error == SrtpError::kTooManySsrcs ? Outcome::kTooManySsrcs : Outcome::kInvalid;
}

}  // namespace wire
