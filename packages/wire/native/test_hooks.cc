#include "test_hooks.h"

#include <algorithm>

#include "aes_ctr.h"
#include "demux.h"
#include "dtls_record.h"
#include "napi_helpers.h"
#include "packet_index.h"
#include "repetition_limit.h"
#include "replay_window.h"
#include "rtp_header.h"
#include "srtp_transform.h"
#include "stun_username.h"

namespace wire {

namespace {

constexpr size_t kMaxTestPacket = 2048;

napi_value MakeNull(napi_env env) {
  napi_value value = nullptr;
  napi_get_null(env, &value);
  return value;
}

void SetNumber(napi_env env, napi_value object, const char* name, double number) {
  napi_set_named_property(env, object, name, MakeNumber(env, number));
}

// demultiplex(packet): a word for the protocol.
napi_value DemultiplexHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  const uint8_t* data = nullptr;
  size_t size = 0;
  if (!arguments.Bytes(0, &data, &size)) return nullptr;
  const char* const names[] = {"stun", "dtls", "rtp", "rtcp", "unknown"};
  napi_value name = nullptr;
  napi_create_string_utf8(env, names[static_cast<int>(Demultiplex(data, size))], NAPI_AUTO_LENGTH, &name);
  return name;
}

// isDtlsDatagram(packet)
napi_value IsDtlsDatagramHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  const uint8_t* data = nullptr;
  size_t size = 0;
  if (!arguments.Bytes(0, &data, &size)) return nullptr;
  napi_value result = nullptr;
  napi_get_boolean(env, IsDtlsDatagram(data, size), &result);
  return result;
}

// answeredRepetitions(count): how many of so many repetitions of a DTLS flight are answered.
napi_value AnsweredRepetitionsHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  uint32_t count = 0;
  if (!arguments.Uint32(0, &count)) return nullptr;
  RepetitionLimit limit;
  uint32_t answered = 0;
  for (uint32_t i = 0; i < count; i++) answered += limit.Answers() ? 1 : 0;
  return MakeNumber(env, answered);
}

// stunUfragPrefix(packet): the code of a character, 0 for none.
napi_value StunUfragPrefixHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  const uint8_t* data = nullptr;
  size_t size = 0;
  if (!arguments.Bytes(0, &data, &size)) return nullptr;
  return MakeNumber(env, StunUfragPrefix(data, size));
}

// parseRtpHeader(packet): its fields, null if malformed.
napi_value ParseRtpHeaderHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  const uint8_t* data = nullptr;
  size_t size = 0;
  if (!arguments.Bytes(0, &data, &size)) return nullptr;
  RtpHeader header;
  if (!ParseRtpHeader(data, size, &header)) return MakeNull(env);
  napi_value object = nullptr;
  napi_create_object(env, &object);
  SetNumber(env, object, "payloadType", header.payload_type);
  SetNumber(env, object, "marker", header.marker);
  SetNumber(env, object, "sequence", header.sequence);
  SetNumber(env, object, "timestamp", header.timestamp);
  SetNumber(env, object, "ssrc", header.ssrc);
  SetNumber(env, object, "size", static_cast<double>(header.size));
  SetNumber(env, object, "extensionOffset", static_cast<double>(header.extension_offset));
  SetNumber(env, object, "extensionSize", static_cast<double>(header.extension_size));
  SetNumber(env, object, "twoByteExtensions", header.two_byte_extensions);
  return object;
}

// aesCounter(key, iv, size): the key stream.
napi_value AesCounterHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  const uint8_t* key = nullptr;
  const uint8_t* iv = nullptr;
  size_t key_size = 0;
  size_t iv_size = 0;
  uint32_t size = 0;
  if (!arguments.Bytes(0, &key, &key_size) || !arguments.Bytes(1, &iv, &iv_size) || !arguments.Uint32(2, &size)) {
    return nullptr;
  }
  uint8_t stream[kMaxTestPacket] = {};
  AesCtr cipher;
  if ((key_size != 16 && key_size != 32) || iv_size != 16 || size > sizeof stream || !cipher.SetKey(key, key_size) ||
      !cipher.Crypt(iv, stream, size, stream)) {
    return MakeNull(env);
  }
  return MakeBytes(env, stream, size);
}

// deriveKeys(profile, masterKey, masterSalt, isRtcp): { key, salt, authKey }.
napi_value DeriveKeysHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  uint32_t profile_number = 0;
  const uint8_t* key = nullptr;
  const uint8_t* salt = nullptr;
  size_t key_size = 0;
  size_t salt_size = 0;
  bool is_rtcp = false;
  if (!arguments.Uint32(0, &profile_number) || !arguments.Bytes(1, &key, &key_size) ||
      !arguments.Bytes(2, &salt, &salt_size) || !arguments.Bool(3, &is_rtcp)) {
    return nullptr;
  }
  auto profile = static_cast<SrtpProfile>(profile_number);
  SrtpSessionKeys keys;
  if (!IsSrtpProfile(profile_number) || key_size != SrtpKeySize(profile) || salt_size != SrtpSaltSize(profile) ||
      !DeriveSrtpKeys(profile, key, salt, is_rtcp ? SrtpKeyUse::kRtcp : SrtpKeyUse::kRtp, &keys)) {
    return MakeNull(env);
  }
  napi_value object = nullptr;
  napi_create_object(env, &object);
  napi_set_named_property(env, object, "key", MakeBytes(env, keys.key, SrtpKeySize(profile)));
  napi_set_named_property(env, object, "salt", MakeBytes(env, keys.salt, SrtpSaltSize(profile)));
  napi_set_named_property(env, object, "authKey", MakeBytes(env, keys.auth_key, sizeof keys.auth_key));
  return object;
}

enum class Operation { kProtectRtp, kUnprotectRtp, kProtectRtcp, kUnprotectRtcp };

// transform(operation, profile, key, salt, authKey, index, packet): the packet protected or unprotected with session
// keys, null if that fails.
napi_value TransformHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  uint32_t operation_number = 0;
  uint32_t profile_number = 0;
  double index = 0;
  const uint8_t* fields[4] = {};
  size_t sizes[4] = {};
  if (!arguments.Uint32(0, &operation_number) || !arguments.Uint32(1, &profile_number) ||
      !arguments.Bytes(2, &fields[0], &sizes[0]) || !arguments.Bytes(3, &fields[1], &sizes[1]) ||
      !arguments.Bytes(4, &fields[2], &sizes[2]) || !arguments.Double(5, &index) ||
      !arguments.Bytes(6, &fields[3], &sizes[3])) {
    return nullptr;
  }
  auto operation = static_cast<Operation>(operation_number);
  auto profile = static_cast<SrtpProfile>(profile_number);
  SrtpSessionKeys keys;
  if (sizes[0] > sizeof keys.key || sizes[1] > sizeof keys.salt || sizes[2] > sizeof keys.auth_key ||
      sizes[3] + kSrtpMaxOverhead > kMaxTestPacket) {
    return MakeNull(env);
  }
  std::copy_n(fields[0], sizes[0], keys.key);
  std::copy_n(fields[1], sizes[1], keys.salt);
  std::copy_n(fields[2], sizes[2], keys.auth_key);
  const uint8_t* packet = fields[3];
  size_t size = sizes[3];
  bool protects = operation == Operation::kProtectRtp || operation == Operation::kProtectRtcp;
  bool is_rtp = operation == Operation::kProtectRtp || operation == Operation::kUnprotectRtp;
  SrtpTransform transform;
  RtpHeader header = {};
  if (!transform.Init(profile, protects ? SrtpDirection::kProtect : SrtpDirection::kUnprotect, keys)) {
    return MakeNull(env);
  }
  if (is_rtp ? !ParseRtpHeader(packet, size, &header) : size < 8) return MakeNull(env);

  uint8_t out[kMaxTestPacket];
  size_t out_size = 0;
  auto packet_index = static_cast<uint64_t>(index);
  switch (operation) {
    case Operation::kProtectRtp:
      memcpy(out, packet, header.size);
      out_size =
          transform.ProtectRtp(out, header.size, packet + header.size, size - header.size, header.ssrc, packet_index);
      break;
    case Operation::kUnprotectRtp:
      out_size = transform.UnprotectRtp(packet, size, header.size, header.ssrc, packet_index, out);
      break;
    case Operation::kProtectRtcp:
      out_size = transform.ProtectRtcp(packet, size, static_cast<uint32_t>(packet_index), out);
      break;
    case Operation::kUnprotectRtcp:
      out_size = transform.UnprotectRtcp(packet, size, out);
      break;
  }
  return out_size == 0 ? MakeNull(env) : MakeBytes(env, out, out_size);
}

// estimateIndex(highest, sequence): the packet index, -1 if there is none.
napi_value EstimateIndexHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  double highest = 0;
  uint32_t sequence = 0;
  if (!arguments.Double(0, &highest) || !arguments.Uint32(1, &sequence)) return nullptr;
  uint64_t index = EstimatePacketIndex(static_cast<uint64_t>(highest), static_cast<uint16_t>(sequence));
  return MakeNumber(env, index == kInvalidPacketIndex ? -1 : static_cast<double>(index));
}

// acceptIndices(indices): for each of the packet indices (a Uint32Array) in turn 1 if the replay window lets it in.
napi_value AcceptIndicesHook(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  const uint32_t* indices = nullptr;
  size_t count = 0;
  if (!arguments.TypedArray(0, napi_uint32_array, &indices, &count) || count == 0) return nullptr;
  ReplayWindow window(indices[0]);
  std::vector<uint8_t> accepted(count);
  for (size_t i = 0; i < count; i++) {
    accepted[i] = window.IsFresh(indices[i]);
    if (accepted[i]) window.MarkSeen(indices[i]);
  }
  return MakeBytes(env, accepted.data(), accepted.size());
}

}  // namespace

void AddTestHooks(napi_env env, napi_value hooks) {
  SetMethod(env, hooks, "demultiplex", DemultiplexHook);
  SetMethod(env, hooks, "isDtlsDatagram", IsDtlsDatagramHook);
  SetMethod(env, hooks, "answeredRepetitions", AnsweredRepetitionsHook);
  SetMethod(env, hooks, "stunUfragPrefix", StunUfragPrefixHook);
  SetMethod(env, hooks, "parseRtpHeader", ParseRtpHeaderHook);
  SetMethod(env, hooks, "aesCounter", AesCounterHook);
  SetMethod(env, hooks, "deriveKeys", DeriveKeysHook);
  SetMethod(env, hooks, "transform", TransformHook);
  SetMethod(env, hooks, "estimateIndex", EstimateIndexHook);
  SetMethod(env, hooks, "acceptIndices", AcceptIndicesHook);
}

}  // namespace wire
