// The slots that hold received packets, with a free list.
#pragma once

#include <vector>

#include "layout.h"

namespace wire {

class PacketPool {
 public:
  static constexpr uint32_t kNoSlot = 0xffffffff;

  // `memory` holds `slots` slots and outlives the pool.
  PacketPool(uint8_t* memory, uint32_t slots);

  uint32_t slots() const { return static_cast<uint32_t>(states_.size()); }
  uint8_t* Data(uint32_t slot) { return memory_ + static_cast<size_t>(slot) * kSlotSize; }

  // The slot that Take will return, kNoSlot if none is free. A packet is written there first and the slot taken once
  // the packet proved valid.
  uint32_t Peek() const { return free_.empty() ? kNoSlot : free_.back(); }

  // Takes the slot that Peek returned for the current batch.
  uint32_t Take();

  // The batch was handled: keeps the slot or frees it.
  void EndBatch(uint32_t slot, bool keep);

  // Frees a slot that was kept, or that would be kept at the end of the batch. False if it is neither.
  bool Release(uint32_t slot);

 private:
  enum class State : uint8_t { kFree, kInBatch, kReleasedInBatch, kKept };

  uint8_t* memory_;
  std::vector<State> states_;
  std::vector<uint32_t> free_;
};

}  // namespace wire
