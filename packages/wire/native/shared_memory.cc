#include "shared_memory.h"

#include <sys/mman.h>

namespace wire {

std::shared_ptr<SharedMemory> SharedMemory::Allocate(size_t size) {
  // Pages that are never touched never cost anything.
  void* bytes = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (bytes == MAP_FAILED) return nullptr;
  return std::shared_ptr<SharedMemory>(new SharedMemory(static_cast<uint8_t*>(bytes), size));
}

SharedMemory::~SharedMemory() { munmap(bytes_, size_); }

}  // namespace wire
