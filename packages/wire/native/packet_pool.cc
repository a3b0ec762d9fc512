#include "packet_pool.h"

namespace wire {

PacketPool::PacketPool(uint8_t* memory, uint32_t slots) : memory_(memory), states_(slots, State::kFree) {
  free_.reserve(slots);
  for (uint32_t slot = slots; slot-- > 0;) free_.push_back(slot);
}

uint32_t PacketPool::Take() {
  uint32_t slot = free_.back();
  free_.pop_back();
  states_[slot] = State::kInBatch;
  return slot;
}

void PacketPool::EndBatch(uint32_t slot, bool keep) {
  if (keep && states_[slot] == State::kInBatch) {
    states_[slot] = State::kKept;
  } else {
    states_[slot] = State::kFree;
    free_.push_back(slot);
  }
}

bool PacketPool::Release(uint32_t slot) {
  if (slot >= slots()) return false;
  if (states_[slot] == State::kInBatch) {
    states_[slot] = State::kReleasedInBatch;
    return true;
  }
  if (states_[slot] != State::kKept) return false;
  states_[slot] = State::kFree;
  free_.push_back(slot);
  return true;
}

}  // namespace wire
