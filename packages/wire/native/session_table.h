// All sessions, by number and by remote path.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "dtls_connection.h"
#include "path.h"
#include "remote_hash.h"
#include "srtp_session.h"

namespace wire {

enum class SessionKind : uint8_t {
  // Keys come from a DTLS handshake (RFC 5764).
  kDtls,
  // Keys came with signalling (RFC 4568).
  kSdes,
  // Nothing is encrypted.
  kPlain,
};

struct Session {
  uint32_t id = kNoSession;
  SessionKind kind = SessionKind::kDtls;
  bool has_path = false;
  // Its number is in the list of handshakes that Tick looks after.
  bool has_timer = false;
  Path path;
  // Of kind kDtls only.
  std::unique_ptr<DtlsConnection> dtls;
  // Null while a session of kind kDtls has no keys, and for kind kPlain.
  std::unique_ptr<SrtpSession> srtp;
};

class SessionTable {
 public:
  // Keeps session numbers below 2^30, where JavaScript engines store numbers without boxes.
  static constexpr uint32_t kMaxSessions = 65535;

  explicit SessionTable(uint32_t max_sessions);

  // A new session, null if the table is full.
  Session* Open(SessionKind kind);
  // Null if no session has that number (any more: numbers come back only after thousands of others).
  Session* Find(uint32_t id);
  Session* FindByPath(const Path& path);
  // Binds a session to a path; another session that had it loses it.
  void SetPath(Session* session, const Path& path);
  // The session, if it has a path, has none any more.
  void DropPath(Session* session);
  void Close(Session* session);

  // The next valid packet that comes to this socket from an address that is no session's, or from the session's own,
  // says where the session's peer is; from any address, or else from one of `sources`, whose ports do not matter. One
  // session a socket; a later one takes the place of an earlier one.
  void Latch(Session* session, uint32_t socket, bool from_any, std::vector<Path> sources);
  // The session that waits for a packet from this path, null if there is none.
  Session* Latching(const Path& path);
  // A valid packet came from this path for the session.
  void Confirm(Session* session, const Path& path);
  // Sessions that have their path over this socket lose it, and nobody waits for a packet there.
  void DropSocket(uint32_t socket);

  // Numbers of all open sessions.
  std::vector<uint32_t> OpenIds() const;

 private:
  struct LatchState {
    uint32_t session = kNoSession;
    bool from_any = false;
    std::vector<Path> sources;
  };

  static constexpr uint32_t kEmpty = 0xffffffff;
  static constexpr uint32_t kIndexBits = 16;
  static constexpr uint32_t kGenerations = 1u << 14;

  uint32_t IndexOf(const Session* session) const { return session->id & ((1u << kIndexBits) - 1); }
  // Position in buckets_ of the path, or the empty one where it belongs.
  size_t Locate(const Path& path) const;

  std::vector<Session> sessions_;
  std::array<LatchState, kMaxSockets> latches_;  // by socket
  std::vector<uint32_t> generations_;
  std::vector<uint32_t> free_;
  std::vector<uint32_t> buckets_;  // indices into sessions_, linear probing
  RemoteHash hash_;
};

}  // namespace wire
