#include "dtls_record.h"

#include "bytes.h"

namespace wire {

namespace {

constexpr size_t kHeaderSize = 13;
constexpr uint8_t kVersionMajor = 0xfe;
constexpr uint8_t kFirstType = 20;  // change_cipher_spec
constexpr uint8_t kHandshake = 22;
constexpr uint8_t kLastType = 23;   // application_data

}  // namespace

bool IsDtlsDatagram(const uint8_t* data, size_t size) {
  if (size == 0) return false;
  while (size > 0) {
    if (size < kHeaderSize || data[0] < kFirstType || data[0] > kLastType || data[1] != kVersionMajor) return false;
    bool encrypted = ReadU16(data + 3) != 0;
    size_t length = ReadU16(data + 11);
    if (length > size - kHeaderSize || (encrypted && length < kDtlsGcmOverhead)) return false;
    data += kHeaderSize + length;
    size -= kHeaderSize + length;
  }
  return true;
}

bool HasFinished(const uint8_t* data, size_t size) {
  while (size >= kHeaderSize) {
    if (data[0] == kHandshake && ReadU16(data + 3) != 0) return true;
    size_t record = kHeaderSize + ReadU16(data + 11);
    if (record > size) return false;
    data += record;
    size -= record;
  }
  return false;
}

}  // namespace wire
