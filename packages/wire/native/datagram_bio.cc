#include "datagram_bio.h"

#include <algorithm>
#include <cstring>

namespace wire {

namespace {

int WriteBio(BIO* bio, const char* data, int size) {
  if (size <= 0) return 0;
  static_cast<DatagramBuffer*>(BIO_get_data(bio))
      ->Write(reinterpret_cast<const uint8_t*>(data), static_cast<size_t>(size));
  return size;
}

int ReadBio(BIO* bio, char* out, int capacity) {
  BIO_clear_retry_flags(bio);
  if (capacity <= 0) return 0;
  size_t size = static_cast<DatagramBuffer*>(BIO_get_data(bio))
                    ->Read(reinterpret_cast<uint8_t*>(out), static_cast<size_t>(capacity));
  if (size > 0) return static_cast<int>(size);
  BIO_set_retry_read(bio);
  return -1;
}

long ControlBio(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

BIO_METHOD* NewMethod() {
  BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagram");
  if (method == nullptr) return nullptr;
  BIO_meth_set_write(method, WriteBio);
  BIO_meth_set_read(method, ReadBio);
  BIO_meth_set_ctrl(method, ControlBio);
  return method;
}

}  // namespace

size_t DatagramBuffer::Read(uint8_t* out, size_t capacity) {
  size_t size = std::min(input_size_, capacity);
  if (size > 0) memcpy(out, input_, size);
  SetInput(nullptr, 0);
  return size;
}

BIO* NewDatagramBio(DatagramBuffer* buffer) {
  static BIO_METHOD* const method = NewMethod();
  if (method == nullptr) return nullptr;
  BIO* bio = BIO_new(method);
  if (bio == nullptr) return nullptr;
  BIO_set_data(bio, buffer);
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace wire
