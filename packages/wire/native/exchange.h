// Wires of this process that share a port, each on a thread of its own. The kernel spreads peers over their sockets by a
// hash of the addresses, so a datagram may come to a wire that does not own its sender: the exchange knows who does.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "counters.h"
#include "mailbox.h"
#include "path.h"
#include "remote_hash.h"
#include "stray.h"

namespace wire {

// A member is known by the first character of its ICE user name fragments. May be used from all threads.
class Exchange {
 public:
  // Keeps wires from binding at the same time, and finds the exchange of those that were before.
  class Registry {
   public:
    Registry();

    // Of the wires that have bound these addresses and this port, null if there are none.
    std::shared_ptr<Exchange> Find(const std::vector<std::string>& addresses, uint16_t port);
    std::shared_ptr<Exchange> Create(const std::vector<std::string>& addresses, uint16_t port);

   private:
    std::lock_guard<std::mutex> lock_;
  };

  Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  // False if there is such a member already.
  bool Join(uint8_t member, const std::shared_ptr<Mailbox>& mailbox);
  // Forgets the member and its paths.
  void Leave(uint8_t member);
  bool HasMember(uint8_t member) const { return present_[member].load(std::memory_order_relaxed); }

  // What comes from this path is the member's from now on; whoever had it before is told.
  void Claim(uint8_t member, const Path& path);
  // The member does not want it any more.
  void Release(uint8_t member, const Path& path);

  // Gives datagrams to those who own them. What nobody owns, or does not fit, is dropped and counted.
  void HandOver(std::vector<Stray>* strays, Counters* counters);

 private:
  struct SameRemote {
    bool operator()(const Path& a, const Path& b) const { return a.HasSameRemote(b); }
  };

  std::array<std::atomic<bool>, 256> present_ = {};
  std::mutex mutex_;
  // Guarded by the mutex; 0 is nobody.
  std::array<std::shared_ptr<Mailbox>, 256> members_;
  std::unordered_map<Path, uint8_t, RemoteHash, SameRemote> owners_;
};

}  // namespace wire
