// The shape of DTLS records (RFC 6347 section 4.1).
#pragma once

#include <cstddef>
#include <cstdint>

namespace wire {

// What AES-GCM adds to a record: explicit nonce and tag (RFC 5288 section 3).
constexpr size_t kDtlsGcmOverhead = 8 + 16;

// True if the datagram consists of whole DTLS records, and each encrypted one (epoch 1 and later) is long enough for
// AES-GCM. OpenSSL drops records that are not authentic, but ends the connection at one that is too short to be
// decrypted, so that anyone who can forge the peer's address could end it.
bool IsDtlsDatagram(const uint8_t* data, size_t size);

// True if such a datagram holds an encrypted handshake record: a Finished message.
bool HasFinished(const uint8_t* data, size_t size);

}  // namespace wire
