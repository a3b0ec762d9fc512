// One DTLS 1.2 connection: handshake, fingerprint check, SRTP keys, application data.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <optional>

#include "datagram_bio.h"
#include "dtls_context.h"
#include "layout.h"
#include "repetition_limit.h"
#include "srtp_session.h"

namespace wire {

class DtlsConnection;

// Whoever drives the connection. No call may destroy the connection.
class DtlsListener {
 public:
  // A datagram to send to the peer.
  virtual void OnDtlsSend(DtlsConnection* connection, const uint8_t* data, size_t size) = 0;
  // Comes once for each state; kDtlsConnected before any data.
  virtual void OnDtlsState(DtlsConnection* connection, DtlsState state) = 0;
  // Where to write the next application data: kSlotSize bytes.
  virtual uint8_t* DtlsDataBuffer() = 0;
  // `size` bytes lie in the buffer that DtlsDataBuffer returned last.
  virtual void OnDtlsData(DtlsConnection* connection, size_t size) = 0;

 protected:
  ~DtlsListener() = default;
};

enum class DtlsRole { kClient, kServer };

class DtlsConnection final : public DatagramBuffer {
 public:
  // `context` and `listener` outlive the connection. Null if OpenSSL refuses.
  static std::unique_ptr<DtlsConnection> Create(const DtlsContext& context, DtlsRole role,
                                                const Fingerprint& remote_fingerprint, uint32_t session,
                                                DtlsListener* listener);
  ~DtlsConnection();

  DtlsRole role() const { return role_; }
  uint32_t session() const { return session_; }
  bool handshaking() const { return phase_ == Phase::kHandshaking; }

  // Sends the first flight of a client; does nothing for a server or the second time.
  void Start();
  // Handles one datagram from the peer, of at most kSlotSize bytes.
  void Receive(const uint8_t* data, size_t size);
  // Retransmits the last flight if that is due.
  void HandleTimeout();
  // Sends application data in one record. False before the handshake is done, after the connection ended, or if
  // OpenSSL refuses.
  bool Send(const uint8_t* data, size_t size);
  // Says close_notify if connected.
  void Close();

  // Exports the SRTP keys (RFC 5764 section 4.2). Null if the peer negotiated no SRTP profile.
  std::unique_ptr<SrtpSession> CreateSrtpSession() const;

  // For SSL_CTX_set_cert_verify_callback: accepts only the certificate with the fingerprint that signalling told.
  static int VerifyPeer(X509_STORE_CTX* store, void* argument);

 private:
  enum class Phase { kNew, kHandshaking, kConnected, kEnded };

  struct Deleter {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };

  DtlsConnection(DtlsRole role, const Fingerprint& remote_fingerprint, uint32_t session, DtlsListener* listener)
      : role_(role), session_(session), remote_fingerprint_(remote_fingerprint), listener_(listener) {}

  void Write(const uint8_t* data, size_t size) override;
  void Handshake();
  void ReadData();
  void End(DtlsState state);

  DtlsRole role_;
  uint32_t session_;
  Phase phase_ = Phase::kNew;
  RepetitionLimit repetitions_;
  Fingerprint remote_fingerprint_;
  DtlsListener* listener_;
  std::unique_ptr<SSL, Deleter> ssl_;
};

}  // namespace wire
