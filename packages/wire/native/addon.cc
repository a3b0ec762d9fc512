// The addon's exports: the class NativeWire, the layout of the shared memory, and hooks for the tests.
#include <node_api.h>

#include "layout.h"
#include "napi_helpers.h"
#include "test_hooks.h"
#include "wire_binding.h"

namespace wire {

namespace {

struct LayoutEntry {
  const char* name;
  uint32_t value;
};

constexpr LayoutEntry kLayout[] = {
    {"SLOT_SIZE", kSlotSize},
    {"NO_SESSION", kNoSession},
    {"PATH_WORDS", kPathWords},
    {"RX_WORDS", kRxWords},
    {"RX_KEEP", kRxKeep},
    {"RX_TWO_BYTE_EXTENSIONS", kRxTwoByteExtensions},
    {"TX_TWO_BYTE_EXTENSIONS", kTxTwoByteExtensions},
    {"TX_WORDS", kTxWords},
    {"SRTP_AEAD_AES_128_GCM", static_cast<uint32_t>(SrtpProfile::kAeadAes128Gcm)},
    {"SRTP_AEAD_AES_256_GCM", static_cast<uint32_t>(SrtpProfile::kAeadAes256Gcm)},
    {"SRTP_AES128_CM_SHA1_32", static_cast<uint32_t>(SrtpProfile::kAes128CmSha1_32)},
    {"SRTP_AES128_CM_SHA1_80", static_cast<uint32_t>(SrtpProfile::kAes128CmSha1_80)},
    {"RxKind.STUN", kRxStun},
    {"RxKind.RTP", kRxRtp},
    {"RxKind.RTCP", kRxRtcp},
    {"RxKind.DATA", kRxData},
    {"RxKind.STATE", kRxState},
    {"DtlsState.CONNECTED", kDtlsConnected},
    {"DtlsState.FAILED", kDtlsFailed},
    {"DtlsState.CLOSED", kDtlsClosed},
    {"RX.KIND", kRxWordKind},
    {"RX.SESSION", kRxWordSession},
    {"RX.SLOT", kRxWordSlot},
    {"RX.LENGTH", kRxWordLength},
    {"RX.SSRC", kRxWordSsrc},
    {"RX.SEQUENCE", kRxWordSequence},
    {"RX.TIMESTAMP", kRxWordTimestamp},
    {"RX.PAYLOAD", kRxWordPayload},
    {"RX.EXTENSION", kRxWordExtension},
    {"RX.STATE", kRxWordState},
    {"RX.FLAGS", kRxWordFlags},
    {"RX.PATH", kRxWordPath},
    {"TxKind.RTP", kTxRtp},
    {"TxKind.RTX", kTxRtx},
    {"TxKind.RTP_SCRATCH", kTxRtpScratch},
    {"TxKind.RTCP", kTxRtcp},
    {"TxKind.DATA", kTxData},
    {"TxKind.RAW", kTxRaw},
    {"TX.KIND", kTxWordKind},
    {"TX.SESSION", kTxWordSession},
    {"TX.SOURCE", kTxWordSource},
    {"TX.LENGTH", kTxWordLength},
    {"TX.SSRC", kTxWordSsrc},
    {"TX.SEQUENCE", kTxWordSequence},
    {"TX.TIMESTAMP", kTxWordTimestamp},
    {"TX.EXTRA", kTxWordExtra},
    {"TX.EXTENSION", kTxWordExtension},
    {"TX.PREFIX", kTxWordPrefix},
};

}  // namespace

}  // namespace wire

NAPI_MODULE_INIT() {
  napi_value layout = nullptr;
  napi_value test_hooks = nullptr;
  napi_create_object(env, &layout);
  for (const wire::LayoutEntry& entry : wire::kLayout) {
    napi_set_named_property(env, layout, entry.name, wire::MakeNumber(env, entry.value));
  }
  napi_create_object(env, &test_hooks);
  wire::AddTestHooks(env, test_hooks);
  napi_set_named_property(env, exports, "layout", layout);
  napi_set_named_property(env, exports, "testHooks", test_hooks);
  napi_set_named_property(env, exports, "NativeWire", wire::WireBinding::DefineClass(env));
  return exports;
}
