// Zeroed memory that outlives whoever lets go of it first, native code or the ArrayBuffer that shows it to TypeScript.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace wire {

class SharedMemory {
 public:
  // Null if the system has no memory.
  static std::shared_ptr<SharedMemory> Allocate(size_t size);

  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  ~SharedMemory();

  uint8_t* bytes() { return bytes_; }
  uint32_t* words() { return reinterpret_cast<uint32_t*>(bytes_); }
  size_t size() const { return size_; }

 private:
  SharedMemory(uint8_t* bytes, size_t size) : bytes_(bytes), size_(size) {}

  uint8_t* bytes_;
  size_t size_;
};

}  // namespace wire
