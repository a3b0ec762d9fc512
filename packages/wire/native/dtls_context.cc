#include "dtls_context.h"

#include <openssl/err.h>
#include <openssl/srtp.h>

#include <string>

#include "dtls_connection.h"

namespace wire {

namespace {

// All peers of WebRTC have the first (RFC 8827 section 6.5). Only AES-GCM: IsDtlsDatagram relies on its record size.
constexpr char kCipherSuites[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";
constexpr char kGroups[] = "X25519:P-256:P-384";

const char* ProfileName(SrtpProfile profile) {
  switch (profile) {
    case SrtpProfile::kAes128CmSha1_32:
      return "SRTP_AES128_CM_SHA1_32";
    case SrtpProfile::kAeadAes128Gcm:
      return "SRTP_AEAD_AES_128_GCM";
    case SrtpProfile::kAeadAes256Gcm:
      return "SRTP_AEAD_AES_256_GCM";
    case SrtpProfile::kAes128CmSha1_80:
      break;
  }
  return "SRTP_AES128_CM_SHA1_80";
}

bool Configure(SSL_CTX* context, const Certificate& certificate, const std::vector<SrtpProfile>& profiles) {
  std::string names;
  for (SrtpProfile profile : profiles) {
    if (!names.empty()) names += ':';
    names += ProfileName(profile);
  }
  // LEGACY_SERVER_CONNECT: pion as a server does not know RFC 5746, which guards a renegotiation that never happens here.
  SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_LEGACY_SERVER_CONNECT);
  // Sizes the send buffer of each connection; no record is longer than what fits a slot.
  SSL_CTX_set_max_send_fragment(context, kSlotSize);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_cert_verify_callback(context, DtlsConnection::VerifyPeer, nullptr);
  return SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version(context, DTLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, kCipherSuites) == 1 && SSL_CTX_set1_groups_list(context, kGroups) == 1 &&
         SSL_CTX_use_certificate(context, certificate.x509()) == 1 &&
         SSL_CTX_use_PrivateKey(context, certificate.key()) == 1 &&
         // The only one of these that returns 0 for success.
         SSL_CTX_set_tlsext_use_srtp(context, names.c_str()) == 0;
}

}  // namespace

std::unique_ptr<DtlsContext> DtlsContext::Create(const std::vector<SrtpProfile>& profiles) {
  auto result = std::make_unique<DtlsContext>();
  result->certificate_ = Certificate::Generate();
  result->context_.reset(SSL_CTX_new(DTLS_method()));
  bool configured =
      result->certificate_ && result->context_ && Configure(result->ssl_context(), *result->certificate_, profiles);
  ERR_clear_error();
  return configured ? std::move(result) : nullptr;
}

}  // namespace wire
