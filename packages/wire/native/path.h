// A network path as TypeScript sees it: PATH_WORDS words, described in src/layout.ts.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

#include "layout.h"

namespace wire {

// A socket's number takes one byte of a path.
constexpr uint32_t kMaxSockets = 256;

struct Path {
  uint32_t words[kPathWords] = {};

  uint32_t socket_index() const { return words[0] & 0xff; }
  uint32_t family() const { return words[0] >> 8 & 0xff; }
  bool has_local_address() const { return (words[0] & kLocalAddressKnown) != 0; }
  // Interface of a link-local IPv6 address, else 0.
  uint32_t scope() const { return words[0] >> kScopeShift; }

  bool operator==(const Path& other) const { return memcmp(words, other.words, sizeof words) == 0; }

  // True if both name the same remote address as seen from the same socket.
  bool HasSameRemote(const Path& other) const {
    return ((words[0] ^ other.words[0]) & ~kLocalAddressKnown) == 0 &&
           memcmp(words + 1, other.words + 1, 5 * sizeof(uint32_t)) == 0;
  }

  // True if both have the same remote address, whatever their ports and sockets are.
  bool HasSameRemoteAddress(const Path& other) const {
    return family() == other.family() && scope() == other.scope() &&
           memcmp(words + 2, other.words + 2, 4 * sizeof(uint32_t)) == 0;
  }

  // A path without a local address; `address` is a sockaddr_in or sockaddr_in6.
  static Path FromRemote(uint32_t socket_index, const sockaddr_storage& address) {
    Path path;
    if (address.ss_family == AF_INET) {
      sockaddr_in v4;
      memcpy(&v4, &address, sizeof v4);
      path.words[0] = socket_index | 4u << 8;
      path.words[1] = ntohs(v4.sin_port);
      memcpy(path.words + 2, &v4.sin_addr, sizeof v4.sin_addr);
    } else {
      sockaddr_in6 v6;
      memcpy(&v6, &address, sizeof v6);
      path.words[0] = socket_index | 6u << 8 | v6.sin6_scope_id << kScopeShift;
      path.words[1] = ntohs(v6.sin6_port);
      memcpy(path.words + 2, &v6.sin6_addr, sizeof v6.sin6_addr);
    }
    return path;
  }

  void SetLocalAddress(const void* address, size_t size) {
    words[0] |= kLocalAddressKnown;
    memcpy(words + 6, address, size);
  }

  // Fills in a sockaddr_in or sockaddr_in6 and returns its size.
  socklen_t ToRemote(sockaddr_storage* address) const {
    if (family() == 4) {
      sockaddr_in v4 = {};
      v4.sin_family = AF_INET;
      v4.sin_port = htons(static_cast<uint16_t>(words[1]));
      memcpy(&v4.sin_addr, words + 2, sizeof v4.sin_addr);
      memcpy(address, &v4, sizeof v4);
      return sizeof v4;
    }
    sockaddr_in6 v6 = {};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(static_cast<uint16_t>(words[1]));
    v6.sin6_scope_id = scope();
    memcpy(&v6.sin6_addr, words + 2, sizeof v6.sin6_addr);
    memcpy(address, &v6, sizeof v6);
    return sizeof v6;
  }

 private:
  static constexpr uint32_t kLocalAddressKnown = 1u << 16;
  static constexpr uint32_t kScopeShift = 17;
};

}  // namespace wire
