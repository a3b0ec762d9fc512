// A state for each SSRC of one direction of one session: open addressing, grows with use up to a limit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wire {

// A peer that passed authentication could otherwise make up SSRCs until memory runs out.
constexpr size_t kMaxReceivedSsrcs = 1024;

// Every subscription of a long session takes new ones, of which none may be used twice.
constexpr size_t kMaxSentSsrcs = 16384;

template <typename State, size_t kMaxSize = kMaxReceivedSsrcs>
class SsrcTable {
 public:
  State* Find(uint32_t ssrc) {
    if (entries_.empty()) return nullptr;
    Entry& entry = entries_[Locate(ssrc)];
    return entry.used ? &entry.state : nullptr;
  }

  bool full() const { return size_ == kMaxSize; }

  // Adds an SSRC that is not in the table; the table must not be full. Invalidates what Find returned.
  void Insert(uint32_t ssrc, const State& state) {
    if (2 * (size_ + 1) > entries_.size()) Grow();
    Entry& entry = entries_[Locate(ssrc)];
    entry.used = true;
    entry.ssrc = ssrc;
    entry.state = state;
    size_++;
  }

 private:
  struct Entry {
    bool used = false;
    uint32_t ssrc = 0;
    State state{0};
  };

  // The entry of `ssrc`, or the free entry where it belongs.
  size_t Locate(uint32_t ssrc) const {
    size_t mask = entries_.size() - 1;
    size_t position = (ssrc * 0x9e3779b1u >> 16) & mask;
    while (entries_[position].used && entries_[position].ssrc != ssrc) position = (position + 1) & mask;
    return position;
  }

  void Grow() {
    std::vector<Entry> old(entries_.empty() ? 4 : 2 * entries_.size());
    old.swap(entries_);
    for (const Entry& entry : old) {
      if (entry.used) entries_[Locate(entry.ssrc)] = entry;
    }
  }

  std::vector<Entry> entries_;
  size_t size_ = 0;
};

}  // namespace wire
