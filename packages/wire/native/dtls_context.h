// What all DTLS connections of one wire share: certificate, cipher suites, SRTP profiles.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <vector>

#include "certificate.h"
#include "srtp_profile.h"

namespace wire {

class DtlsContext {
 public:
  // `profiles` in order of preference, not empty. Null if OpenSSL refuses.
  static std::unique_ptr<DtlsContext> Create(const std::vector<SrtpProfile>& profiles);

  SSL_CTX* ssl_context() const { return context_.get(); }
  const Fingerprint& fingerprint() const { return certificate_->fingerprint(); }

 private:
  struct Deleter {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  std::unique_ptr<Certificate> certificate_;
  std::unique_ptr<SSL_CTX, Deleter> context_;
};

}  // namespace wire
