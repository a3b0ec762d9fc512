#include "exchange.h"

#include <iterator>
#include <map>
#include <utility>

namespace wire {

namespace {

using Place = std::pair<std::vector<std::string>, uint16_t>;

// Never destroyed: threads may still run when the process ends.
struct Exchanges {
  std::mutex mutex;
  std::map<Place, std::weak_ptr<Exchange>> by_place;
};

Exchanges& AllExchanges() {
  static Exchanges& exchanges = *new Exchanges;
  return exchanges;
}

}  // namespace

Exchange::Registry::Registry() : lock_(AllExchanges().mutex) {}

std::shared_ptr<Exchange> Exchange::Registry::Find(const std::vector<std::string>& addresses, uint16_t port) {
  auto found = AllExchanges().by_place.find({addresses, port});
  return found == AllExchanges().by_place.end() ? nullptr : found->second.lock();
}

std::shared_ptr<Exchange> Exchange::Registry::Create(const std::vector<std::string>& addresses, uint16_t port) {
  auto& by_place = AllExchanges().by_place;
  for (auto entry = by_place.begin(); entry != by_place.end();) {
    entry = entry->second.expired() ? by_place.erase(entry) : std::next(entry);
  }
  auto exchange = std::make_shared<Exchange>();
  by_place[{addresses, port}] = exchange;
  return exchange;
}

bool Exchange::Join(uint8_t member, const std::shared_ptr<Mailbox>& mailbox) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (members_[member] != nullptr) return false;
  members_[member] = mailbox;
  present_[member] = true;
  return true;
}

void Exchange::Leave(uint8_t member) {
  std::lock_guard<std::mutex> lock(mutex_);
  present_[member] = false;
  members_[member].reset();
  for (auto entry = owners_.begin(); entry != owners_.end();) {
    entry = entry->second == member ? owners_.erase(entry) : std::next(entry);
  }
}

void Exchange::Claim(uint8_t member, const Path& path) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto [entry, is_new] = owners_.try_emplace(path, member);
  if (is_new || entry->second == member) return;
  // Told under the lock, so that a path that goes to and fro ends with the one who claimed it last.
  members_[entry->second]->PutLostPath(path);
  members_[member]->ForgetLostPath(path);
  entry->second = member;
}

void Exchange::Release(uint8_t member, const Path& path) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto entry = owners_.find(path);
  if (entry != owners_.end() && entry->second == member) owners_.erase(entry);
}

void Exchange::HandOver(std::vector<Stray>* strays, Counters* counters) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    for (Stray& stray : *strays) {
      auto entry = stray.ufrag_prefix == 0 ? owners_.find(stray.path) : owners_.end();
      stray.owner = members_[entry == owners_.end() ? stray.ufrag_prefix : entry->second];
    }
  }
  const Stray* end = strays->data() + strays->size();
  for (const Stray* first = strays->data(); first != end;) {
    const Stray* last = first + 1;
    while (last != end && last->owner == first->owner) last++;
    auto count = static_cast<size_t>(last - first);
    if (first->owner == nullptr) {
      counters->droppedUnknownAddress += count;
    } else {
      size_t taken = first->owner->Put(first, last);
      counters->packetsHandedOver += taken;
      counters->droppedMailboxFull += count - taken;
    }
    first = last;
  }
}

}  // namespace wire
