// An OpenSSL BIO that reads one datagram at a time from memory and hands each datagram written to a sink.
#pragma once

#include <openssl/bio.h>

#include <cstddef>
#include <cstdint>

namespace wire {

class DatagramBuffer {
 public:
  // The datagram that the next read returns; it stays the caller's.
  void SetInput(const uint8_t* data, size_t size) {
    input_ = data;
    input_size_ = size;
  }

  // Copies the datagram to `out` and forgets it; 0 if there is none. What does not fit `capacity` is lost.
  size_t Read(uint8_t* out, size_t capacity);

  virtual void Write(const uint8_t* data, size_t size) = 0;

 protected:
  ~DatagramBuffer() = default;

 private:
  const uint8_t* input_ = nullptr;
  size_t input_size_ = 0;
};

// The BIO does not own `buffer`, which must outlive it. Null if OpenSSL refuses.
BIO* NewDatagramBio(DatagramBuffer* buffer);

}  // namespace wire
