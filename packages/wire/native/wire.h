// One UDP port with all its sessions: ties sockets, sessions, DTLS, SRTP and the shared memory together. Knows neither
// JavaScript nor the event loop.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "counters.h"
#include "dtls_context.h"
#include "exchange.h"
#include "mailbox.h"
#include "packet_pool.h"
#include "receiver.h"
#include "sender.h"
#include "session_table.h"
#include "shared_memory.h"
#include "udp_socket.h"

namespace wire {

struct WireOptions {
  uint16_t port = 0;
  std::vector<std::string> addresses;
  uint32_t slots = 0;
  uint32_t max_sessions = 0;
  std::vector<SrtpProfile> profiles;
  // 0, or the first character of all ICE user name fragments: shares the port with the wires of this process that have
  // other ones.
  uint8_t ufrag_prefix = 0;
};

// The socket index that names none.
constexpr uint32_t kAnySocket = 0xffffffff;

class Wire final : private DtlsListener {
 public:
  // `handler` outlives the wire. Null and a sentence in `*error` on failure.
  static std::unique_ptr<Wire> Create(const WireOptions& options, BatchHandler* handler, std::string* error);

  const std::shared_ptr<SharedMemory>& pool_memory() const { return pool_memory_; }
  const std::shared_ptr<SharedMemory>& received() const { return received_; }
  const std::shared_ptr<SharedMemory>& outgoing() const { return outgoing_; }
  const std::shared_ptr<SharedMemory>& scratch() const { return scratch_; }
  const std::vector<std::shared_ptr<UdpSocket>>& sockets() const { return sockets_; }
  // How many sockets the wire's own port has; they come before those of BindSocket.
  uint32_t first_sockets() const { return first_sockets_; }
  uint16_t port() const { return port_; }
  const Fingerprint& fingerprint() const { return dtls_context_->fingerprint(); }
  const Counters& counters() const { return counters_; }

  // Lets other wires find it, if it shares its port; the handler may be called from now on. False and a sentence in
  // `*error` on failure.
  bool Start(std::string* error);
  // Binds one more socket, which is this wire's alone. Null and errno on failure; EMFILE if there are too many.
  std::shared_ptr<UdpSocket> BindSocket(const std::string& address, uint16_t port);
  // Closes one that BindSocket bound; its sessions have no path any more. False if there is no such socket. May be called
  // from OnBatch.
  bool CloseSocket(uint32_t index);
  // All three: kNoSession if the table is full.
  uint32_t OpenDtlsSession(DtlsRole role, const Fingerprint& remote_fingerprint);
  // Each key is SrtpKeySize + SrtpSaltSize bytes: master key, then master salt.
  uint32_t OpenSdesSession(SrtpProfile profile, const uint8_t* local_key, const uint8_t* remote_key);
  uint32_t OpenPlainSession();
  // See SessionTable::Latch; `sources` are numeric addresses, those of another family than the socket's do nothing. False
  // if there is no such session or socket, the session is one of DTLS, or a source is no address.
  bool Latch(uint32_t session, uint32_t socket, bool from_any, const std::vector<std::string>& sources);
  // False if there is no such session or the path is none of this wire.
  bool SetPath(uint32_t session, const Path& path);
  void CloseSession(uint32_t session);
  void Flush(uint32_t count) { sender_->Flush(count); }
  bool Release(uint32_t slot) { return pool_->Release(slot); }
  void Tick();
  void Receive(const UdpSocket& socket);
  void ReceiveQueued();
  // From the first socket of the address's family, or the one with this index. False if there is none, or the address is
  // not numeric.
  bool PathTo(const std::string& address, uint16_t port, uint32_t socket, Path* path) const;
  // Says goodbye to all peers, closes the sockets and delivers nothing more. May be called from OnBatch.
  void Stop();

 private:
  Wire() = default;

  bool BindSockets(const WireOptions& options, std::string* error);
  // True if all sockets could be bound to one port; EADDRINUSE in errno if another port may work.
  bool TryBind(const WireOptions& options, uint16_t port, std::string* error);
  // The same, with the port of wires that were there before or for those that will be.
  bool BindShared(const WireOptions& options, std::string* error);
  // True if this path is seen by other wires too.
  bool IsShared(const Path& path) const { return exchange_ != nullptr && path.socket_index() < first_sockets_; }
  // Closes the sockets too, if the port is shared.
  void LeaveExchange();

  void OnDtlsSend(DtlsConnection* connection, const uint8_t* data, size_t size) override;
  void OnDtlsState(DtlsConnection* connection, DtlsState state) override;
  uint8_t* DtlsDataBuffer() override { return receiver_->DataBuffer(); }
  void OnDtlsData(DtlsConnection* connection, size_t size) override;

  Counters counters_;
  BatchHandler* handler_ = nullptr;
  uint16_t port_ = 0;
  PortSharing sharing_ = PortSharing::kNobody;
  uint8_t ufrag_prefix_ = 0;
  // Null if the port is shared with nobody.
  std::shared_ptr<Exchange> exchange_;
  // Null unless the exchange knows it.
  std::shared_ptr<Mailbox> mailbox_;
  std::unique_ptr<DtlsContext> dtls_context_;
  // By their index; null where one was closed.
  std::vector<std::shared_ptr<UdpSocket>> sockets_;
  uint32_t first_sockets_ = 0;
  std::shared_ptr<SharedMemory> pool_memory_;
  std::shared_ptr<SharedMemory> received_;
  std::shared_ptr<SharedMemory> outgoing_;
  std::shared_ptr<SharedMemory> scratch_;
  std::unique_ptr<PacketPool> pool_;
  std::unique_ptr<SessionTable> sessions_;
  std::unique_ptr<Sender> sender_;
  std::unique_ptr<Receiver> receiver_;
  // Sessions whose DTLS timers run.
  std::vector<uint32_t> handshaking_;
};

}  // namespace wire
