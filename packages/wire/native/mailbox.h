// Where other threads leave what belongs to a wire: datagrams that came to their sockets, and paths that became theirs.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "path.h"
#include "shared_memory.h"
#include "stray.h"

namespace wire {

class Mailbox {
 public:
  // Bytes of datagrams, with kEntryOverhead each, that may wait: as much as a socket's buffer holds on most systems.
  static constexpr size_t kCapacity = 2 << 20;
  static constexpr size_t kEntryOverhead = sizeof(Path) + sizeof(size_t);

  struct Datagram {
    Path path;
    const uint8_t* data;
    size_t size;
  };

  // `wake_up` is called when there is something in an empty box, from any thread. Null if the system has no memory.
  static std::shared_ptr<Mailbox> Create(std::function<void()> wake_up);

  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // From any thread. Copies the datagrams `first` up to `last`, in order, as far as they fit; returns how many did.
  size_t Put(const Stray* first, const Stray* last);
  // From any thread. Another wire has taken this path over.
  void PutLostPath(const Path& path);
  // From any thread. The path is the owner's again: what was said of it before is void.
  void ForgetLostPath(const Path& path);

  // From the owner's thread: takes out what there is; valid until this is called again.
  void Take();
  const std::vector<Path>& lost_paths() const { return taken_lost_paths_; }
  // The next of the datagrams taken out. False if there is none.
  bool Next(Datagram* datagram);

  // Nothing comes in any more, and `wake_up` is not called again.
  void Close();

 private:
  struct Buffer {
    std::shared_ptr<SharedMemory> memory;
    size_t used = 0;
  };

  explicit Mailbox(std::function<void()> wake_up) : wake_up_(std::move(wake_up)) {}

  bool empty() const { return filling_.used == 0 && lost_paths_.empty(); }

  std::mutex mutex_;
  // Guarded by the mutex.
  std::function<void()> wake_up_;
  Buffer filling_;
  std::vector<Path> lost_paths_;
  bool closed_ = false;
  // The owner's.
  Buffer taken_;
  size_t next_ = 0;
  std::vector<Path> taken_lost_paths_;
};

}  // namespace wire
