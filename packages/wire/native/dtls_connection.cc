#include "dtls_connection.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/srtp.h>

#include <algorithm>

#include "dtls_record.h"

namespace wire {

namespace {

// Handshake messages are cut to datagrams of this size: it fits every path that IPv6 allows.
constexpr long kMtu = 1200;
// RFC 6347 section 4.2.4.1 suggests one second; the ICE check just before showed that the path is quick.
constexpr unsigned int kFirstTimeoutMicroseconds = 100'000;
constexpr unsigned int kMaxTimeoutMicroseconds = 3'000'000;
constexpr char kExporterLabel[] = "EXTRACTOR-dtls_srtp";

unsigned int NextTimeout(SSL*, unsigned int previous) {
  return previous == 0 ? kFirstTimeoutMicroseconds : std::min(2 * previous, kMaxTimeoutMicroseconds);
}

// Node's own use of OpenSSL on this thread must neither disturb ours nor find our errors in the queue.
class ErrorQueueGuard {
 public:
  ErrorQueueGuard() { ERR_clear_error(); }
  ~ErrorQueueGuard() { ERR_clear_error(); }
};

}  // namespace

std::unique_ptr<DtlsConnection> DtlsConnection::Create(const DtlsContext& context, DtlsRole role,
                                                       const Fingerprint& remote_fingerprint, uint32_t session,
                                                       DtlsListener* listener) {
  ErrorQueueGuard guard;
  std::unique_ptr<DtlsConnection> connection(new DtlsConnection(role, remote_fingerprint, session, listener));
  connection->ssl_.reset(SSL_new(context.ssl_context()));
  SSL* ssl = connection->ssl_.get();
  BIO* bio = NewDatagramBio(connection.get());
  if (ssl == nullptr || bio == nullptr) {
    BIO_free(bio);
    return nullptr;
  }
  SSL_set_bio(ssl, bio, bio);
  SSL_set_app_data(ssl, connection.get());
  SSL_set_mtu(ssl, kMtu);
  DTLS_set_timer_cb(ssl, NextTimeout);
  if (role == DtlsRole::kClient) {
    SSL_set_connect_state(ssl);
  } else {
    SSL_set_accept_state(ssl);
    connection->phase_ = Phase::kHandshaking;
  }
  return connection;
}

DtlsConnection::~DtlsConnection() = default;

void DtlsConnection::Start() {
  if (phase_ != Phase::kNew) return;
  phase_ = Phase::kHandshaking;
  Handshake();
}

void DtlsConnection::Receive(const uint8_t* data, size_t size) {
  if (phase_ != Phase::kHandshaking && phase_ != Phase::kConnected) return;
  // Whoever sent the last flight, the server, sends it again for a peer that repeats its own (RFC 6347 section 4.2.4).
  bool is_repetition = phase_ == Phase::kConnected && HasFinished(data, size);
  if (is_repetition && (role_ == DtlsRole::kClient || !repetitions_.Answers())) return;
  SetInput(data, size);
  if (phase_ == Phase::kHandshaking) Handshake();
  if (phase_ == Phase::kConnected) ReadData();
  SetInput(nullptr, 0);
}

void DtlsConnection::HandleTimeout() {
  if (phase_ != Phase::kHandshaking) return;
  ErrorQueueGuard guard;
  if (DTLSv1_handle_timeout(ssl_.get()) < 0) End(kDtlsFailed);
}

bool DtlsConnection::Send(const uint8_t* data, size_t size) {
  if (phase_ != Phase::kConnected || size == 0) return false;
  ErrorQueueGuard guard;
  return SSL_write(ssl_.get(), data, static_cast<int>(size)) == static_cast<int>(size);
}

void DtlsConnection::Close() {
  if (phase_ == Phase::kConnected) {
    ErrorQueueGuard guard;
    SSL_shutdown(ssl_.get());
  }
  phase_ = Phase::kEnded;
}

std::unique_ptr<SrtpSession> DtlsConnection::CreateSrtpSession() const {
  ErrorQueueGuard guard;
  const SRTP_PROTECTION_PROFILE* selected = SSL_get_selected_srtp_profile(ssl_.get());
  if (selected == nullptr) return nullptr;
  auto profile = static_cast<SrtpProfile>(selected->id);
  size_t key_size = SrtpKeySize(profile);
  size_t salt_size = SrtpSaltSize(profile);

  // Client key, server key, client salt, server salt.
  uint8_t material[2 * (kSrtpMaxKeySize + kSrtpMaxSaltSize)];
  size_t size = 2 * (key_size + salt_size);
  if (SSL_export_keying_material(ssl_.get(), material, size, kExporterLabel, sizeof kExporterLabel - 1, nullptr, 0,
                                 0) != 1) {
    return nullptr;
  }
  const uint8_t* client_key = material;
  const uint8_t* server_key = client_key + key_size;
  const uint8_t* client_salt = server_key + key_size;
  const uint8_t* server_salt = client_salt + salt_size;
  bool is_client = role_ == DtlsRole::kClient;

  auto session = std::make_unique<SrtpSession>();
  session->profile = profile;
  bool ready =
      session->sender.Init(profile, is_client ? client_key : server_key, is_client ? client_salt : server_salt) &&
      session->receiver.Init(profile, is_client ? server_key : client_key, is_client ? server_salt : client_salt);
  OPENSSL_cleanse(material, sizeof material);
  return ready ? std::move(session) : nullptr;
}

int DtlsConnection::VerifyPeer(X509_STORE_CTX* store, void*) {
  auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  const auto* connection = static_cast<const DtlsConnection*>(SSL_get_app_data(ssl));
  X509* certificate = X509_STORE_CTX_get0_cert(store);
  Fingerprint fingerprint;
  if (certificate != nullptr && ComputeFingerprint(certificate, &fingerprint) &&
      fingerprint == connection->remote_fingerprint_) {
    return 1;
  }
  X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
  return 0;
}

void DtlsConnection::Write(const uint8_t* data, size_t size) { listener_->OnDtlsSend(this, data, size); }

void DtlsConnection::Handshake() {
  ErrorQueueGuard guard;
  int result = SSL_do_handshake(ssl_.get());
  if (result == 1) {
    phase_ = Phase::kConnected;
    listener_->OnDtlsState(this, kDtlsConnected);
    return;
  }
  int error = SSL_get_error(ssl_.get(), result);
  if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) End(kDtlsFailed);
}

void DtlsConnection::ReadData() {
  ErrorQueueGuard guard;
  while (phase_ == Phase::kConnected) {
    int size = SSL_read(ssl_.get(), listener_->DtlsDataBuffer(), kSlotSize);
    if (size > 0) {
      listener_->OnDtlsData(this, static_cast<size_t>(size));
      continue;
    }
    int error = SSL_get_error(ssl_.get(), size);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return;
    if (error == SSL_ERROR_ZERO_RETURN) SSL_shutdown(ssl_.get());
    End(error == SSL_ERROR_ZERO_RETURN ? kDtlsClosed : kDtlsFailed);
  }
}

void DtlsConnection::End(DtlsState state) {
  phase_ = Phase::kEnded;
  listener_->OnDtlsState(this, state);
}

}  // namespace wire
