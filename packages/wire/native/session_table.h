// All sessions, by number and by remote path.
#pragma once

#include <memory>
#include <vector>

#include "dtls_connection.h"
#include "path.h"
#include "remote_hash.h"
#include "srtp_session.h"

namespace wire {

struct Session {
  uint32_t id = kNoSession;
  bool has_path = false;
  // Its number is in the list of handshakes that Tick looks after.
  bool has_timer = false;
  Path path;
  std::unique_ptr<DtlsConnection> dtls;
  std::unique_ptr<SrtpSession> srtp;
};

class SessionTable {
 public:
  // Keeps session numbers below 2^30, where JavaScript engines store numbers without boxes.
  static constexpr uint32_t kMaxSessions = 65535;

  explicit SessionTable(uint32_t max_sessions);

  // A new session, null if the table is full.
  Session* Open();
  // Null if no session has that number (any more: numbers come back only after thousands of others).
  Session* Find(uint32_t id);
  Session* FindByPath(const Path& path);
  // Binds a session to a path; another session that had it loses it.
  void SetPath(Session* session, const Path& path);
  // The session, if it has a path, has none any more.
  void DropPath(Session* session);
  void Close(Session* session);

  // Numbers of all open sessions.
  std::vector<uint32_t> OpenIds() const;

 private:
  static constexpr uint32_t kEmpty = 0xffffffff;
  static constexpr uint32_t kIndexBits = 16;
  static constexpr uint32_t kGenerations = 1u << 14;

  uint32_t IndexOf(const Session* session) const { return session->id & ((1u << kIndexBits) - 1); }
  // Position in buckets_ of the path, or the empty one where it belongs.
  size_t Locate(const Path& path) const;

  std::vector<Session> sessions_;
  std::vector<uint32_t> generations_;
  std::vector<uint32_t> free_;
  std::vector<uint32_t> buckets_;  // indices into sessions_, linear probing
  RemoteHash hash_;
};

}  // namespace wire
