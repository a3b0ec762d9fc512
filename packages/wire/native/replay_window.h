// Which packet indices have been seen (RFC 3711 section 3.3.2).
#pragma once

#include <cstdint>

namespace wire {

class ReplayWindow {
 public:
  static constexpr uint64_t kSize = 128;

  explicit ReplayWindow(uint64_t first) : highest_(first) {}

  uint64_t highest() const { return highest_; }

  // True if `index` is new and not older than the window.
  bool IsFresh(uint64_t index) const {
    if (index > highest_) return true;
    uint64_t age = highest_ - index;
    return age < kSize && (seen_[age / 64] >> (age % 64) & 1) == 0;
  }

  // Call for authenticated packets only.
  void MarkSeen(uint64_t index) {
    if (index > highest_) {
      Shift(index - highest_);
      highest_ = index;
    }
    uint64_t age = highest_ - index;
    if (age < kSize) seen_[age / 64] |= uint64_t{1} << (age % 64);
  }

 private:
  void Shift(uint64_t count) {
    if (count >= kSize) {
      seen_[0] = seen_[1] = 0;
    } else if (count >= 64) {
      seen_[1] = seen_[0] << (count - 64);
      seen_[0] = 0;
    } else {
      seen_[1] = seen_[1] << count | seen_[0] >> (64 - count);
      seen_[0] <<= count;
    }
  }

  uint64_t highest_;
  uint64_t seen_[2] = {0, 0};  // bit n of the pair: highest_ - n was seen
};

}  // namespace wire
