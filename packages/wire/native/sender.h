// Carries out send descriptors: builds headers, encrypts and hands packets to the sockets.
#pragma once

#include <memory>
#include <vector>

#include "counters.h"
#include "packet_pool.h"
#include "send_batch.h"
#include "session_table.h"
#include "udp_socket.h"

namespace wire {

class Sender {
 public:
  // `outgoing` holds kOutgoingCapacity descriptors, `scratch` kScratchSize bytes. Everything outlives the sender.
  Sender(const uint32_t* outgoing, const uint8_t* scratch, PacketPool* pool, SessionTable* sessions,
         Counters* counters);

  // Sockets are known by their index, which may be that of one that was removed.
  void AddSocket(const UdpSocket& socket);
  void RemoveSocket(uint32_t index);

  // Sends the first `count` descriptors, at most kOutgoingCapacity.
  void Flush(uint32_t count);
  // Adds a DTLS datagram to what Submit sends. Dropped if the session has no path.
  void SendDtls(const Session& session, const uint8_t* data, size_t size);
  void Submit();

  // True if `path` names one of the sockets and an address of its family.
  bool IsValid(const Path& path) const;

 private:
  enum class Outcome { kSent, kNoKeys, kInvalid, kTooManySsrcs };

  Outcome Send(const uint32_t* descriptor);
  // RTP or RTX from a slot.
  Outcome SendSlot(const Session& session, const uint32_t* descriptor);
  Outcome SendRtpScratch(const Session& session, const uint32_t* descriptor);
  Outcome SendRtcp(const Session& session, const uint32_t* descriptor);
  Outcome SendData(const Session& session, const uint32_t* descriptor);
  Outcome SendRaw(const uint32_t* descriptor);
  // Encrypts it if the session does. The header lies in `packet`, the payload may already lie behind it.
  static size_t ProtectRtp(const Session& session, uint8_t* packet, size_t header_size, const uint8_t* payload,
                           size_t payload_size, uint32_t ssrc, uint16_t sequence, SrtpError* error);
  // Adds the packet of `size` bytes that was written where Reserve said; 0 bytes: it could not be protected.
  Outcome Commit(const Session& session, size_t size, SrtpError error);

  SendBatch& BatchFor(const Path& path) { return *batches_[path.socket_index()]; }

  const uint32_t* outgoing_;
  const uint8_t* scratch_;
  PacketPool* pool_;
  SessionTable* sessions_;
  Counters* counters_;
  std::vector<std::unique_ptr<SendBatch>> batches_;  // by the socket's index; null where there is none
};

}  // namespace wire
