#include "session_table.h"

#include <algorithm>

namespace wire {

namespace {

size_t BucketCount(uint32_t max_sessions) {
  size_t count = 16;
  while (count < 2 * static_cast<size_t>(max_sessions)) count *= 2;
  return count;
}

}  // namespace

SessionTable::SessionTable(uint32_t max_sessions)
    : sessions_(max_sessions), generations_(max_sessions, 0), buckets_(BucketCount(max_sessions), kEmpty) {
  free_.reserve(max_sessions);
  for (uint32_t index = max_sessions; index-- > 0;) free_.push_back(index);
}

Session* SessionTable::Open(SessionKind kind) {
  if (free_.empty()) return nullptr;
  uint32_t index = free_.back();
  free_.pop_back();
  generations_[index] = (generations_[index] + 1) % kGenerations;
  Session* session = &sessions_[index];
  session->id = generations_[index] << kIndexBits | index;
  session->kind = kind;
  return session;
}

Session* SessionTable::Find(uint32_t id) {
  uint32_t index = id & ((1u << kIndexBits) - 1);
  if (id == kNoSession || index >= sessions_.size()) return nullptr;
  Session* session = &sessions_[index];
  return session->id == id ? session : nullptr;
}

Session* SessionTable::FindByPath(const Path& path) {
  uint32_t index = buckets_[Locate(path)];
  return index == kEmpty ? nullptr : &sessions_[index];
}

void SessionTable::SetPath(Session* session, const Path& path) {
  Session* previous = FindByPath(path);
  if (previous != nullptr) DropPath(previous);
  DropPath(session);
  session->path = path;
  session->has_path = true;
  buckets_[Locate(path)] = IndexOf(session);
}

void SessionTable::Close(Session* session) {
  DropPath(session);
  free_.push_back(IndexOf(session));
  session->dtls.reset();
  session->srtp.reset();
  session->has_timer = false;
  session->id = kNoSession;
}

void SessionTable::Latch(Session* session, uint32_t socket, bool from_any, std::vector<Path> sources) {
  latches_[socket] = {session->id, from_any, std::move(sources)};
}

Session* SessionTable::Latching(const Path& path) {
  const LatchState& latch = latches_[path.socket_index()];
  auto is_same = [&path](const Path& source) { return source.HasSameRemoteAddress(path); };
  bool is_allowed = latch.from_any || std::any_of(latch.sources.begin(), latch.sources.end(), is_same);
  return is_allowed ? Find(latch.session) : nullptr;
}

void SessionTable::Confirm(Session* session, const Path& path) {
  LatchState& latch = latches_[path.socket_index()];
  if (latch.session != session->id) return;
  latch = LatchState();
  SetPath(session, path);
}

void SessionTable::DropSocket(uint32_t socket) {
  latches_[socket] = LatchState();
  for (Session& session : sessions_) {
    if (session.has_path && session.path.socket_index() == socket) DropPath(&session);
  }
}

std::vector<uint32_t> SessionTable::OpenIds() const {
  std::vector<uint32_t> ids;
  for (const Session& session : sessions_) {
    if (session.id != kNoSession) ids.push_back(session.id);
  }
  return ids;
}

size_t SessionTable::Locate(const Path& path) const {
  size_t mask = buckets_.size() - 1;
  size_t position = hash_(path) & mask;
  while (buckets_[position] != kEmpty && !sessions_[buckets_[position]].path.HasSameRemote(path)) {
    position = (position + 1) & mask;
  }
  return position;
}

void SessionTable::DropPath(Session* session) {
  if (!session->has_path) return;
  session->has_path = false;
  size_t mask = buckets_.size() - 1;
  size_t hole = Locate(session->path);
  buckets_[hole] = kEmpty;
  // Moves later entries of the run into the hole, so that a search never stops short of them.
  for (size_t position = (hole + 1) & mask; buckets_[position] != kEmpty; position = (position + 1) & mask) {
    size_t home = hash_(sessions_[buckets_[position]].path) & mask;
    if (((position - home) & mask) >= ((position - hole) & mask)) {
      buckets_[hole] = buckets_[position];
      buckets_[position] = kEmpty;
      hole = position;
    }
  }
}

}  // namespace wire
