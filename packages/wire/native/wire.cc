#include "wire.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace wire {

namespace {

// Tries to find a port that is free in all families.
constexpr int kBindAttempts = 16;
// The rest of what a path can name is for sockets that are bound later.
constexpr size_t kMaxAddresses = 16;

}  // namespace

std::unique_ptr<Wire> Wire::Create(const WireOptions& options, BatchHandler* handler, std::string* error) {
  std::unique_ptr<Wire> wire(new Wire);
  wire->handler_ = handler;
  wire->ufrag_prefix_ = options.ufrag_prefix;
  bool bound = options.ufrag_prefix == 0 ? wire->BindSockets(options, error) : wire->BindShared(options, error);
  if (!bound) return nullptr;
  wire->dtls_context_ = DtlsContext::Create(options.profiles);
  if (!wire->dtls_context_) {
    *error = "OpenSSL could not set up DTLS";
    return nullptr;
  }
  wire->pool_memory_ = SharedMemory::Allocate(static_cast<size_t>(options.slots) * kSlotSize);
  wire->received_ = SharedMemory::Allocate(kReceivedCapacity * kRxWords * sizeof(uint32_t));
  wire->outgoing_ = SharedMemory::Allocate(kOutgoingCapacity * kTxWords * sizeof(uint32_t));
  wire->scratch_ = SharedMemory::Allocate(kScratchSize);
  if (!wire->pool_memory_ || !wire->received_ || !wire->outgoing_ || !wire->scratch_) {
    *error = "not enough memory for the packet pool";
    return nullptr;
  }
  wire->pool_ = std::make_unique<PacketPool>(wire->pool_memory_->bytes(), options.slots);
  wire->sessions_ = std::make_unique<SessionTable>(options.max_sessions);
  wire->sender_ = std::make_unique<Sender>(wire->outgoing_->words(), wire->scratch_->bytes(), wire->pool_.get(),
                                           wire->sessions_.get(), &wire->counters_);
  for (const auto& socket : wire->sockets_) wire->sender_->AddSocket(*socket);
  wire->first_sockets_ = static_cast<uint32_t>(wire->sockets_.size());
  wire->receiver_ = std::make_unique<Receiver>(wire->received_->words(), wire->pool_.get(), wire->sessions_.get(),
                                               &wire->counters_, handler);
  return wire;
}

bool Wire::BindSockets(const WireOptions& options, std::string* error) {
  if (options.addresses.empty() || options.addresses.size() > kMaxAddresses) {
    *error = "between 1 and " + std::to_string(kMaxAddresses) + " addresses can be bound";
    return false;
  }
  for (int attempt = 0; attempt < kBindAttempts; attempt++) {
    if (TryBind(options, options.port, error)) return true;
    // With port 0 another free port may suit all families.
    if (options.port != 0 || errno != EADDRINUSE) return false;
  }
  return false;
}

bool Wire::BindShared(const WireOptions& options, std::string* error) {
  // Held until the port is bound: the first one founds what the others join.
  Exchange::Registry registry;
  exchange_ = registry.Find(options.addresses, options.port);
  sharing_ = exchange_ == nullptr ? PortSharing::kFounder : PortSharing::kMember;
  if (!BindSockets(options, error)) return false;
  if (exchange_ == nullptr) exchange_ = registry.Create(options.addresses, port_);
  return true;
}

bool Wire::TryBind(const WireOptions& options, uint16_t port, std::string* error) {
  sockets_.clear();
  int last_error = 0;
  for (const std::string& address : options.addresses) {
    auto socket = UdpSocket::Bind(static_cast<uint32_t>(sockets_.size()), address, port, sharing_);
    if (socket) {
      port = socket->port();
      sockets_.push_back(std::move(socket));
      continue;
    }
    last_error = errno;
    *error = "cannot bind UDP " + address + " port " + std::to_string(port) + ": " + strerror(last_error);
    // A machine without IPv6 is no error as long as another address can be bound.
    if (last_error != EAFNOSUPPORT) {
      sockets_.clear();
      errno = last_error;
      return false;
    }
  }
  errno = last_error;
  port_ = port;
  return !sockets_.empty();
}

bool Wire::Start(std::string* error) {
  if (exchange_ == nullptr) return true;
  mailbox_ = Mailbox::Create([handler = handler_] { handler->OnQueued(); });
  if (mailbox_ == nullptr) {
    *error = "not enough memory for the mailbox";
    return false;
  }
  if (!exchange_->Join(ufrag_prefix_, mailbox_)) {
    *error = "another wire on this port has the same ufragPrefix";
    mailbox_.reset();
    return false;
  }
  receiver_->Join(exchange_, ufrag_prefix_, mailbox_, first_sockets_);
  return true;
}

void Wire::LeaveExchange() {
  if (exchange_ == nullptr) return;
  if (mailbox_ != nullptr) {
    mailbox_->Close();
    exchange_->Leave(ufrag_prefix_);
    receiver_->Leave();
  }
  // Whoever binds next finds either both, the exchange and sockets to join, or neither.
  Exchange::Registry registry;
  for (uint32_t index = 0; index < first_sockets_; index++) sockets_[index]->Close();
  exchange_.reset();
}

std::shared_ptr<UdpSocket> Wire::BindSocket(const std::string& address, uint16_t port) {
  uint32_t index = first_sockets_;
  while (index < sockets_.size() && sockets_[index] != nullptr) index++;
  if (index == kMaxSockets) {
    errno = EMFILE;
    return nullptr;
  }
  std::shared_ptr<UdpSocket> socket = UdpSocket::Bind(index, address, port, PortSharing::kNobody);
  if (socket == nullptr) return nullptr;
  if (index == sockets_.size()) sockets_.emplace_back();
  sockets_[index] = socket;
  sender_->AddSocket(*socket);
  return socket;
}

bool Wire::CloseSocket(uint32_t index) {
  if (index < first_sockets_ || index >= sockets_.size() || sockets_[index] == nullptr) return false;
  sender_->RemoveSocket(index);
  sessions_->DropSocket(index);
  // Whoever reads from it right now sees that it is closed.
  sockets_[index]->Close();
  sockets_[index].reset();
  return true;
}

uint32_t Wire::OpenDtlsSession(DtlsRole role, const Fingerprint& remote_fingerprint) {
  Session* session = sessions_->Open(SessionKind::kDtls);
  if (session == nullptr) return kNoSession;
  session->dtls = DtlsConnection::Create(*dtls_context_, role, remote_fingerprint, session->id, this);
  if (!session->dtls) {
    sessions_->Close(session);
    return kNoSession;
  }
  return session->id;
}

uint32_t Wire::OpenSdesSession(SrtpProfile profile, const uint8_t* local_key, const uint8_t* remote_key) {
  Session* session = sessions_->Open(SessionKind::kSdes);
  if (session == nullptr) return kNoSession;
  session->srtp = std::make_unique<SrtpSession>();
  size_t key_size = SrtpKeySize(profile);
  if (!session->srtp->sender.Init(profile, local_key, local_key + key_size) ||
      !session->srtp->receiver.Init(profile, remote_key, remote_key + key_size)) {
    sessions_->Close(session);
    return kNoSession;
  }
  return session->id;
}

uint32_t Wire::OpenPlainSession() {
  const Session* session = sessions_->Open(SessionKind::kPlain);
  return session == nullptr ? kNoSession : session->id;
}

bool Wire::Latch(uint32_t id, uint32_t socket, bool from_any, const std::vector<std::string>& sources) {
  Session* session = sessions_->Find(id);
  if (session == nullptr || session->kind == SessionKind::kDtls || socket >= sockets_.size() ||
      sockets_[socket] == nullptr) {
    return false;
  }
  std::vector<Path> paths;
  for (const std::string& source : sources) {
    sockaddr_storage address;
    socklen_t size = 0;
    if (!ParseAddress(source, 0, &address, &size)) return false;
    paths.push_back(Path::FromRemote(socket, address));
  }
  sessions_->Latch(session, socket, from_any, std::move(paths));
  return true;
}

bool Wire::SetPath(uint32_t id, const Path& path) {
  Session* session = sessions_->Find(id);
  if (session == nullptr || !sender_->IsValid(path)) return false;
  if (session->has_path && IsShared(session->path) && !session->path.HasSameRemote(path)) {
    exchange_->Release(ufrag_prefix_, session->path);
  }
  if (IsShared(path)) exchange_->Claim(ufrag_prefix_, path);
  sessions_->SetPath(session, path);
  if (session->dtls == nullptr) return true;
  session->dtls->Start();
  if (session->dtls->handshaking() && !session->has_timer) {
    session->has_timer = true;
    handshaking_.push_back(id);
  }
  sender_->Submit();
  return true;
}

void Wire::CloseSession(uint32_t id) {
  Session* session = sessions_->Find(id);
  if (session == nullptr) return;
  if (session->dtls != nullptr) session->dtls->Close();
  sender_->Submit();
  if (session->has_path && IsShared(session->path)) exchange_->Release(ufrag_prefix_, session->path);
  sessions_->Close(session);
}

void Wire::Tick() {
  size_t kept = 0;
  for (uint32_t id : handshaking_) {
    Session* session = sessions_->Find(id);
    if (session == nullptr || !session->dtls->handshaking()) continue;
    session->dtls->HandleTimeout();
    handshaking_[kept++] = id;
  }
  handshaking_.resize(kept);
  sender_->Submit();
}

void Wire::Receive(const UdpSocket& socket) {
  receiver_->Receive(socket);
  sender_->Submit();
}

void Wire::ReceiveQueued() {
  receiver_->ReceiveQueued();
  sender_->Submit();
}

bool Wire::PathTo(const std::string& address, uint16_t port, uint32_t index, Path* path) const {
  sockaddr_storage remote;
  socklen_t size = 0;
  if (!ParseAddress(address, port, &remote, &size)) return false;
  for (const auto& socket : sockets_) {
    if (socket == nullptr || (index != kAnySocket && socket->index() != index)) continue;
    if (socket->family() != (remote.ss_family == AF_INET ? 4u : 6u)) continue;
    *path = Path::FromRemote(socket->index(), remote);
    return true;
  }
  return false;
}

void Wire::Stop() {
  receiver_->Stop();
  for (uint32_t id : sessions_->OpenIds()) CloseSession(id);
  LeaveExchange();
  for (const auto& socket : sockets_) {
    if (socket != nullptr) socket->Close();
  }
}

void Wire::OnDtlsSend(DtlsConnection* connection, const uint8_t* data, size_t size) {
  const Session* session = sessions_->Find(connection->session());
  if (session != nullptr) sender_->SendDtls(*session, data, size);
}

void Wire::OnDtlsState(DtlsConnection* connection, DtlsState state) {
  Session* session = sessions_->Find(connection->session());
  if (session == nullptr) return;
  if (state == kDtlsConnected) {
    session->srtp = connection->CreateSrtpSession();
    counters_.dtlsHandshakes++;
  } else {
    session->srtp.reset();
    if (state == kDtlsFailed) counters_.dtlsFailures++;
  }
  receiver_->PushState(connection->session(), state);
}

void Wire::OnDtlsData(DtlsConnection* connection, size_t size) { receiver_->PushData(connection->session(), size); }

}  // namespace wire
