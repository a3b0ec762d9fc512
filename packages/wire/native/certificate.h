// The self-signed certificate that a process shows in every DTLS handshake.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

namespace wire {

constexpr size_t kFingerprintSize = 32;
using Fingerprint = std::array<uint8_t, kFingerprintSize>;

struct OpenSslDeleter {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};

class Certificate {
 public:
  // A new ECDSA key on P-256. Null if OpenSSL refuses.
  static std::unique_ptr<Certificate> Generate();

  EVP_PKEY* key() const { return key_.get(); }
  X509* x509() const { return x509_.get(); }
  const Fingerprint& fingerprint() const { return fingerprint_; }

 private:
  std::unique_ptr<EVP_PKEY, OpenSslDeleter> key_;
  std::unique_ptr<X509, OpenSslDeleter> x509_;
  Fingerprint fingerprint_ = {};
};

// SHA-256 of a certificate (RFC 8122 section 5). False if OpenSSL refuses.
bool ComputeFingerprint(X509* certificate, Fingerprint* fingerprint);

}  // namespace wire
