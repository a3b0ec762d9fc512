#include "certificate.h"

#include <openssl/ec.h>
#include <openssl/rand.h>

namespace wire {

namespace {

constexpr long kDay = 24 * 60 * 60;
// Peers trust the fingerprint, not the dates; a process may run for years.
constexpr long kLifetime = 3650 * kDay;

bool FillIn(X509* x509, EVP_PKEY* key) {
  uint64_t serial = 0;
  if (RAND_bytes(reinterpret_cast<uint8_t*>(&serial), sizeof serial) != 1) return false;
  X509_NAME* name = X509_get_subject_name(x509);
  const auto* common_name = reinterpret_cast<const uint8_t*>("parley");
  return X509_set_version(x509, X509_VERSION_3) == 1 &&
         ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serial >> 1) == 1 &&
         X509_gmtime_adj(X509_getm_notBefore(x509), -kDay) != nullptr &&
         X509_gmtime_adj(X509_getm_notAfter(x509), kLifetime) != nullptr &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name, -1, -1, 0) == 1 &&
         X509_set_issuer_name(x509, name) == 1 && X509_set_pubkey(x509, key) == 1 &&
         X509_sign(x509, key, EVP_sha256()) > 0;
}

}  // namespace

std::unique_ptr<Certificate> Certificate::Generate() {
  auto certificate = std::make_unique<Certificate>();
  certificate->key_.reset(EVP_EC_gen("P-256"));
  certificate->x509_.reset(X509_new());
  if (!certificate->key_ || !certificate->x509_) return nullptr;
  if (!FillIn(certificate->x509(), certificate->key())) return nullptr;
  if (!ComputeFingerprint(certificate->x509(), &certificate->fingerprint_)) return nullptr;
  return certificate;
}

bool ComputeFingerprint(X509* certificate, Fingerprint* fingerprint) {
  unsigned int size = 0;
  return X509_digest(certificate, EVP_sha256(), fingerprint->data(), &size) == 1 && size == fingerprint->size();
}

}  // namespace wire
