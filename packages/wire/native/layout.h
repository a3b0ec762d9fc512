// The memory that TypeScript and native code share. Mirrors src/layout.ts, which documents every word; the addon
// exports these numbers and src/native.ts compares the two when it is loaded.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wire {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "packed words are read as little-endian by TypeScript");

constexpr uint32_t kSlotSize = 1536;
constexpr uint32_t kNoSession = 0xffffffff;

enum RxKind : uint32_t { kRxStun = 1, kRxRtp = 2, kRxRtcp = 3, kRxData = 4, kRxState = 5 };
enum DtlsState : uint32_t { kDtlsConnected = 1, kDtlsFailed = 2, kDtlsClosed = 3 };

enum RxWord : uint32_t {
  kRxWordKind = 0,
  kRxWordSession = 1,
  kRxWordSlot = 2,
  kRxWordLength = 3,
  kRxWordSsrc = 4,
  kRxWordState = 4,
  kRxWordSequence = 5,
  kRxWordTimestamp = 6,
  kRxWordPayload = 7,
  kRxWordExtension = 8,
  kRxWordFlags = 9,
  kRxWordPath = 10,
};

constexpr uint32_t kPathWords = 10;
constexpr uint32_t kRxWords = 20;
constexpr uint32_t kRxKeep = 1;
constexpr uint32_t kRxTwoByteExtensions = 2;

enum TxKind : uint32_t { kTxRtp = 1, kTxRtx = 2, kTxRtpScratch = 3, kTxRtcp = 4, kTxData = 5, kTxRaw = 6 };

enum TxWord : uint32_t {
  kTxWordKind = 0,
  kTxWordSession = 1,
  kTxWordSource = 2,
  kTxWordLength = 3,
  kTxWordSsrc = 4,
  kTxWordSequence = 5,
  kTxWordTimestamp = 6,
  kTxWordExtra = 7,
  kTxWordExtension = 8,
  kTxWordPrefix = 9,
};

constexpr uint32_t kTxWords = 10;
constexpr uint32_t kTxTwoByteExtensions = 1 << 23;

// Received descriptors in one batch.
constexpr uint32_t kReceivedCapacity = 512;
// Descriptors one flush can send.
constexpr uint32_t kOutgoingCapacity = 8192;
// Bytes of scratch area.
constexpr uint32_t kScratchSize = 1 << 20;

}  // namespace wire
