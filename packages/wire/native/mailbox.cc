#include "mailbox.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace wire {

namespace {

size_t EntrySize(size_t datagram_size) {
  constexpr size_t kAlignment = alignof(size_t);
  return Mailbox::kEntryOverhead + (datagram_size + kAlignment - 1) / kAlignment * kAlignment;
}

}  // namespace

std::shared_ptr<Mailbox> Mailbox::Create(std::function<void()> wake_up) {
  std::shared_ptr<Mailbox> mailbox(new Mailbox(std::move(wake_up)));
  mailbox->filling_.memory = SharedMemory::Allocate(kCapacity);
  mailbox->taken_.memory = SharedMemory::Allocate(kCapacity);
  return mailbox->filling_.memory && mailbox->taken_.memory ? mailbox : nullptr;
}

size_t Mailbox::Put(const Stray* first, const Stray* last) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) return 0;
  bool was_empty = empty();
  const Stray* next = first;
  for (; next != last; next++) {
    size_t entry_size = EntrySize(next->size);
    if (entry_size > kCapacity - filling_.used) break;
    uint8_t* entry = filling_.memory->bytes() + filling_.used;
    memcpy(entry, &next->path, sizeof next->path);
    memcpy(entry + sizeof next->path, &next->size, sizeof next->size);
    memcpy(entry + kEntryOverhead, next->data, next->size);
    filling_.used += entry_size;
  }
  if (was_empty && next != first) wake_up_();
  return static_cast<size_t>(next - first);
}

void Mailbox::PutLostPath(const Path& path) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) return;
  bool was_empty = empty();
  lost_paths_.push_back(path);
  if (was_empty) wake_up_();
}

void Mailbox::ForgetLostPath(const Path& path) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto is_it = [&path](const Path& lost) { return lost.HasSameRemote(path); };
  lost_paths_.erase(std::remove_if(lost_paths_.begin(), lost_paths_.end(), is_it), lost_paths_.end());
}

void Mailbox::Take() {
  taken_.used = 0;
  next_ = 0;
  taken_lost_paths_.clear();
  std::lock_guard<std::mutex> lock(mutex_);
  std::swap(filling_, taken_);
  std::swap(lost_paths_, taken_lost_paths_);
}

bool Mailbox::Next(Datagram* datagram) {
  if (next_ == taken_.used) return false;
  const uint8_t* entry = taken_.memory->bytes() + next_;
  memcpy(&datagram->path, entry, sizeof datagram->path);
  memcpy(&datagram->size, entry + sizeof datagram->path, sizeof datagram->size);
  datagram->data = entry + kEntryOverhead;
  next_ += EntrySize(datagram->size);
  return true;
}

void Mailbox::Close() {
  std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
}

}  // namespace wire
