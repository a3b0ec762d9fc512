// Which repetitions of a peer's last flight are answered.
#pragma once

#include <cstdint>

namespace wire {

// OpenSSL takes the 13th repetition for the end of a connection that is up. A client that repeats its flight every 100 ms
// has sent as many when this thread stood still for little more than a second, or when the answers were lost.
class RepetitionLimit {
 public:
  // Counts one. The first few are answered each, then those whose number is a power of two: 12 of however many.
  bool Answers() {
    if (repetitions_ >= kLast) return false;
    repetitions_++;
    return repetitions_ <= kEach || (repetitions_ & (repetitions_ - 1)) == 0;
  }

 private:
  static constexpr uint32_t kEach = 4;
  static constexpr uint32_t kLast = 1024;

  uint32_t repetitions_ = 0;
};

}  // namespace wire
