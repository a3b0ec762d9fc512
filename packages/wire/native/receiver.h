// Turns datagrams into received descriptors and hands them over in batches.
#pragma once

#include <deque>

#include "counters.h"
#include "exchange.h"
#include "packet_pool.h"
#include "receive_batch.h"
#include "session_table.h"
#include "udp_socket.h"

namespace wire {

// Whoever is told of batches. It may open and close sessions, send, release slots and stop the receiver.
class BatchHandler {
 public:
  virtual void OnBatch(uint32_t count) = 0;
  // Something came in that is not in a socket: call Receiver::ReceiveQueued soon, from the event loop. Called from any
  // thread.
  virtual void OnQueued() = 0;

 protected:
  ~BatchHandler() = default;
};

class Receiver {
 public:
  // `received` holds kReceivedCapacity descriptors. Everything outlives the receiver.
  Receiver(uint32_t* received, PacketPool* pool, SessionTable* sessions, Counters* counters, BatchHandler* handler);

  // Reads what the socket has, up to a limit that lets the event loop breathe, and delivers it.
  void Receive(const UdpSocket& socket);
  // Delivers queued states, and what other wires have handed over.
  void ReceiveQueued();
  // From now on what belongs to other wires is handed to them, and what they put into the mailbox belongs to this one.
  // Only the first `shared_sockets` are shared.
  void Join(std::shared_ptr<Exchange> exchange, uint8_t member, std::shared_ptr<Mailbox> mailbox,
            uint32_t shared_sockets);
  // What belongs to others is dropped again.
  void Leave() { exchange_.reset(); }
  // Delivers nothing more; may be called from OnBatch.
  void Stop() { stopped_ = true; }

  // What DTLS connections tell, see DtlsListener.
  void PushState(uint32_t session, DtlsState state);
  uint8_t* DataBuffer();
  void PushData(uint32_t session, size_t size);

 private:
  struct StateChange {
    uint32_t session;
    DtlsState state;
  };

  void ReceiveMessage(const ReceiveBatch::Message& message);
  void ReceivePacket(const Path& path, const uint8_t* data, size_t size);
  void ReceiveMail();
  // Keeps a datagram for its owner until the end of the read. False if there is no other wire it could belong to.
  bool PutAside(const Path& path, const uint8_t* data, size_t size, uint8_t ufrag_prefix);
  // Who the message is for, if that is another wire; else 0.
  uint8_t AddresseeOfStun(const Path& path, const uint8_t* data, size_t size) const;
  // Whether a datagram over this path may belong to another wire.
  bool IsShared(const Path& path) const { return exchange_ != nullptr && path.socket_index() < shared_sockets_; }
  void ReceiveStun(const Path& path, const uint8_t* data, size_t size);
  void ReceiveDtls(Session* session, const uint8_t* data, size_t size);
  void ReceiveRtp(Session* session, const uint8_t* data, size_t size);
  void ReceiveRtcp(Session* session, const uint8_t* data, size_t size);
  // Both write the packet to `out` as it was before the peer encrypted it, and return its size. 0 if it is dropped.
  size_t OpenRtp(Session* session, const uint8_t* data, size_t size, const RtpHeader& header, uint8_t* out);
  size_t OpenRtcp(Session* session, const uint8_t* data, size_t size, uint8_t* out);
  void CountSrtpError(SrtpError error);
  // Appends a descriptor; `slot` may be kNoSlot.
  uint32_t* Push(RxKind kind, uint32_t session, uint32_t slot, size_t size);
  void PushQueuedStates();
  void Deliver();

  uint32_t* received_;
  PacketPool* pool_;
  SessionTable* sessions_;
  Counters* counters_;
  BatchHandler* handler_;
  ReceiveBatch batch_;
  // Null while the port is shared with nobody.
  std::shared_ptr<Exchange> exchange_;
  std::shared_ptr<Mailbox> mailbox_;
  uint8_t member_ = 0;
  uint32_t shared_sockets_ = 0;
  std::vector<Stray> strays_;
  // Descriptors in received_, and their slots: TypeScript can write to received_, so it is not asked for them.
  uint32_t count_ = 0;
  uint32_t slots_[kReceivedCapacity];
  // The path of the packet that is handled, told with what comes from it.
  Path path_;
  bool receiving_ = false;
  // What is handled came out of the mailbox: it is handed over no further.
  bool opening_mail_ = false;
  bool delivering_ = false;
  bool stopped_ = false;
  std::deque<StateChange> queued_states_;
  // Takes packets that no slot is free for.
  uint8_t discard_[kSlotSize];
};

}  // namespace wire
