// Turns datagrams into received descriptors and hands them over in batches.
#pragma once

#include <deque>

#include "counters.h"
#include "packet_pool.h"
#include "receive_batch.h"
#include "session_table.h"
#include "udp_socket.h"

namespace wire {

// Whoever is told of batches. It may open and close sessions, send, release slots and stop the receiver.
class BatchHandler {
 public:
  virtual void OnBatch(uint32_t count) = 0;
  // States are queued that were not told by a batch: call Receiver::DeliverStates soon, from the event loop.
  virtual void OnStatesQueued() = 0;

 protected:
  ~BatchHandler() = default;
};

class Receiver {
 public:
  // `received` holds kReceivedCapacity descriptors. Everything outlives the receiver.
  Receiver(uint32_t* received, PacketPool* pool, SessionTable* sessions, Counters* counters, BatchHandler* handler);

  // Reads what the socket has, up to a limit that lets the event loop breathe, and delivers it.
  void Receive(const UdpSocket& socket);
  // Delivers queued states.
  void DeliverStates();
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
  void ReceiveStun(const Path& path, const uint8_t* data, size_t size);
  void ReceiveDtls(Session* session, const uint8_t* data, size_t size);
  void ReceiveRtp(Session* session, const uint8_t* data, size_t size);
  void ReceiveRtcp(Session* session, const uint8_t* data, size_t size);
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
  // Descriptors in received_, and their slots: TypeScript can write to received_, so it is not asked for them.
  uint32_t count_ = 0;
  uint32_t slots_[kReceivedCapacity];
  // The path of the packet that is handled, told with what comes from it.
  Path path_;
  bool receiving_ = false;
  bool delivering_ = false;
  bool stopped_ = false;
  std::deque<StateChange> queued_states_;
  // Takes packets that no slot is free for.
  uint8_t discard_[kSlotSize];
};

}  // namespace wire
