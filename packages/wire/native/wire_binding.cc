#include "wire_binding.h"

#include <algorithm>
#include <cerrno>

#include "napi_helpers.h"

namespace wire {

namespace {

napi_value ThrowRangeError(napi_env env, const char* message) {
  napi_throw_range_error(env, nullptr, message);
  return nullptr;
}

napi_value ThrowError(napi_env env, const std::string& message) {
  napi_throw_error(env, nullptr, message.c_str());
  return nullptr;
}

bool ReadOptions(const Arguments& arguments, WireOptions* options, napi_value* on_batch) {
  uint32_t port = 0;
  uint32_t ufrag_prefix = 0;
  const uint16_t* profiles = nullptr;
  size_t profile_count = 0;
  if (!arguments.Uint32(0, &port) || !arguments.Strings(1, &options->addresses) ||
      !arguments.Uint32(2, &options->slots) || !arguments.Uint32(3, &options->max_sessions) ||
      !arguments.TypedArray(4, napi_uint16_array, &profiles, &profile_count) || !arguments.Function(5, on_batch) ||
      !arguments.Uint32(6, &ufrag_prefix)) {
    return false;
  }
  options->port = static_cast<uint16_t>(port);
  options->ufrag_prefix = static_cast<uint8_t>(ufrag_prefix);
  for (size_t i = 0; i < profile_count; i++) options->profiles.push_back(static_cast<SrtpProfile>(profiles[i]));
  return true;
}

napi_value MakeSession(napi_env env, uint32_t session) {
  if (session == kNoSession) return ThrowRangeError(env, "maxSessions sessions are open");
  return MakeNumber(env, session);
}

bool ReadPath(const Arguments& arguments, size_t index, Path* path) {
  const uint32_t* words = nullptr;
  size_t length = 0;
  if (!arguments.TypedArray(index, napi_uint32_array, &words, &length)) return false;
  if (length == kPathWords) memcpy(path->words, words, sizeof path->words);
  return true;
}

}  // namespace

napi_value WireBinding::DefineClass(napi_env env) {
  auto method = [](const char* name, napi_callback callback) {
    return napi_property_descriptor{name, nullptr, callback, nullptr, nullptr, nullptr, napi_default_method, nullptr};
  };
  napi_property_descriptor methods[] = {
      method("bindSocket", BindSocket),
      method("closeSocket", CloseSocket),
      method("openDtlsSession", OpenDtlsSession),
      method("openSdesSession", OpenSdesSession),
      method("openPlainSession", OpenPlainSession),
      method("latch", Latch),
      method("setPath", SetPath),
      method("closeSession", CloseSession),
      method("flush", Flush),
      method("release", Release),
      method("tick", Tick),
      method("counters", ReadCounters),
      method("pathTo", PathTo),
      method("close", CloseWire),
  };
  napi_value constructor = nullptr;
  napi_define_class(env, "NativeWire", NAPI_AUTO_LENGTH, New, nullptr, sizeof methods / sizeof methods[0], methods,
                    &constructor);
  return constructor;
}

napi_value WireBinding::New(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireOptions options;
  napi_value on_batch = nullptr;
  if (!ReadOptions(arguments, &options, &on_batch)) return nullptr;

  std::unique_ptr<WireBinding, void (*)(WireBinding*)> binding(new WireBinding(env),
                                                               [](WireBinding* unused) { delete unused; });
  std::string error;
  binding->wire_ = Wire::Create(options, binding.get(), &error);
  if (!binding->wire_) return ThrowError(env, error);
  napi_finalize finalize = [](napi_env, void* data, void*) {
    auto* wrapped = static_cast<WireBinding*>(data);
    wrapped->finalized_ = true;
    wrapped->DeleteIfDone();
  };
  if (!binding->SetProperties(arguments.self())) return nullptr;
  if (napi_wrap(env, arguments.self(), binding.get(), finalize, nullptr, nullptr) != napi_ok) {
    return ThrowError(env, "cannot wrap the wire");
  }
  // From here on the finalizer deletes it.
  if (!binding.release()->Start(arguments.self(), on_batch, &error)) return ThrowError(env, error);
  return arguments.self();
}

bool WireBinding::SetProperties(napi_value self) {
  const Fingerprint& fingerprint = wire_->fingerprint();
  const struct {
    const char* name;
    napi_value value;
  } properties[] = {
      {"pool", MakeShared(env_, wire_->pool_memory(), napi_uint8_array)},
      {"received", MakeShared(env_, wire_->received(), napi_uint32_array)},
      {"outgoing", MakeShared(env_, wire_->outgoing(), napi_uint32_array)},
      {"scratch", MakeShared(env_, wire_->scratch(), napi_uint8_array)},
      {"port", MakeNumber(env_, wire_->port())},
      {"fingerprint", MakeBytes(env_, fingerprint.data(), fingerprint.size())},
  };
  for (const auto& property : properties) {
    if (property.value == nullptr || napi_set_named_property(env_, self, property.name, property.value) != napi_ok) {
      return false;
    }
  }
  return true;
}

bool WireBinding::Start(napi_value self, napi_value on_batch, std::string* error) {
  *error = "cannot watch the sockets";
  if (napi_get_uv_event_loop(env_, &loop_) != napi_ok) return false;
  napi_create_reference(env_, self, 1, &self_);
  napi_create_reference(env_, on_batch, 1, &on_batch_);
  auto cleanup = [](napi_async_cleanup_hook_handle, void* data) { static_cast<WireBinding*>(data)->Close(); };
  napi_add_async_cleanup_hook(env_, cleanup, this, &cleanup_hook_);

  uv_async_init(loop_, &queued_, [](uv_async_t* handle) {
    auto* binding = static_cast<WireBinding*>(handle->data);
    if (!binding->closed_) binding->wire_->ReceiveQueued();
  });
  queued_.data = this;
  uv_unref(reinterpret_cast<uv_handle_t*>(&queued_));
  open_handles_++;

  bool started = true;
  for (const auto& socket : wire_->sockets()) started = started && Watch(socket);
  started = started && wire_->Start(error);
  if (!started) Close();
  return started;
}

bool WireBinding::Watch(const std::shared_ptr<UdpSocket>& socket) {
  auto poll = std::make_unique<SocketPoll>();
  poll->binding = this;
  poll->socket = socket;
  poll->handle.data = poll.get();
  if (uv_poll_init(loop_, &poll->handle, socket->fd()) != 0) return false;
  open_handles_++;
  uv_poll_start(&poll->handle, UV_READABLE, [](uv_poll_t* handle, int, int) {
    auto* ready = static_cast<SocketPoll*>(handle->data);
    // The batch may close it.
    std::shared_ptr<UdpSocket> held = ready->socket;
    if (!ready->binding->closed_) ready->binding->wire_->Receive(*held);
  });
  polls_.push_back(std::move(poll));
  return true;
}

void WireBinding::StopWatching(std::unique_ptr<SocketPoll> poll) {
  uv_close(reinterpret_cast<uv_handle_t*>(&poll.release()->handle), [](uv_handle_t* handle) {
    std::unique_ptr<SocketPoll> closed(static_cast<SocketPoll*>(handle->data));
    closed->binding->OnHandleClosed();
  });
}

void WireBinding::Close() {
  if (closed_) return;
  closed_ = true;
  // Descriptors may be closed only when the loop no longer watches them.
  for (auto& poll : polls_) StopWatching(std::move(poll));
  polls_.clear();
  // Other threads signal the handle until the wire has stopped.
  wire_->Stop();
  auto on_closed = [](uv_handle_t* handle) { static_cast<WireBinding*>(handle->data)->OnHandleClosed(); };
  uv_close(reinterpret_cast<uv_handle_t*>(&queued_), on_closed);
}

void WireBinding::OnHandleClosed() {
  if (--open_handles_ > 0) return;
  napi_delete_reference(env_, on_batch_);
  napi_delete_reference(env_, self_);
  napi_remove_async_cleanup_hook(cleanup_hook_);
  DeleteIfDone();
}

void WireBinding::DeleteIfDone() {
  if (finalized_ && open_handles_ == 0) delete this;
}

void WireBinding::OnBatch(uint32_t count) {
  napi_handle_scope scope = nullptr;
  if (napi_open_handle_scope(env_, &scope) != napi_ok) return;
  napi_value global = nullptr;
  napi_value function = nullptr;
  napi_value argument = nullptr;
  napi_get_global(env_, &global);
  napi_get_reference_value(env_, on_batch_, &function);
  napi_create_uint32(env_, count, &argument);
  napi_status status = napi_make_callback(env_, nullptr, global, function, 1, &argument, nullptr);
  if (status == napi_pending_exception) {
    napi_value error = nullptr;
    if (napi_get_and_clear_last_exception(env_, &error) == napi_ok) napi_fatal_exception(env_, error);
  }
  napi_close_handle_scope(env_, scope);
}

void WireBinding::OnQueued() { uv_async_send(&queued_); }

WireBinding* WireBinding::Unwrap(napi_env env, napi_value self) {
  void* data = nullptr;
  if (napi_unwrap(env, self, &data) == napi_ok) return static_cast<WireBinding*>(data);
  napi_throw_type_error(env, nullptr, "this is no NativeWire");
  return nullptr;
}

napi_value WireBinding::OpenDtlsSession(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  bool is_client = false;
  const uint8_t* bytes = nullptr;
  size_t size = 0;
  if (binding == nullptr || !arguments.Bool(0, &is_client) || !arguments.Bytes(1, &bytes, &size)) return nullptr;
  if (binding->closed_) return ThrowError(env, "the wire is closed");
  Fingerprint fingerprint;
  if (size != fingerprint.size()) return ThrowRangeError(env, "a SHA-256 fingerprint has 32 bytes");
  memcpy(fingerprint.data(), bytes, size);
  DtlsRole role = is_client ? DtlsRole::kClient : DtlsRole::kServer;
  return MakeSession(env, binding->wire_->OpenDtlsSession(role, fingerprint));
}

napi_value WireBinding::OpenSdesSession(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  uint32_t number = 0;
  const uint8_t* local_key = nullptr;
  const uint8_t* remote_key = nullptr;
  size_t local_size = 0;
  size_t remote_size = 0;
  if (binding == nullptr || !arguments.Uint32(0, &number) || !arguments.Bytes(1, &local_key, &local_size) ||
      !arguments.Bytes(2, &remote_key, &remote_size)) {
    return nullptr;
  }
  if (binding->closed_) return ThrowError(env, "the wire is closed");
  if (!IsSrtpProfile(number)) return ThrowRangeError(env, "no such SRTP suite");
  auto profile = static_cast<SrtpProfile>(number);
  size_t size = SrtpKeySize(profile) + SrtpSaltSize(profile);
  if (local_size != size || remote_size != size) {
    return ThrowRangeError(env, "a key is as long as its suite's master key and master salt together");
  }
  return MakeSession(env, binding->wire_->OpenSdesSession(profile, local_key, remote_key));
}

napi_value WireBinding::OpenPlainSession(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  if (binding == nullptr) return nullptr;
  if (binding->closed_) return ThrowError(env, "the wire is closed");
  return MakeSession(env, binding->wire_->OpenPlainSession());
}

napi_value WireBinding::BindSocket(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  std::string address;
  uint32_t port = 0;
  if (binding == nullptr || !arguments.String(0, &address) || !arguments.Uint32(1, &port)) return nullptr;
  if (binding->closed_) return ThrowError(env, "the wire is closed");
  std::shared_ptr<UdpSocket> socket = binding->wire_->BindSocket(address, static_cast<uint16_t>(port));
  if (socket == nullptr) {
    int error = errno;
    std::string message = "cannot bind UDP " + address + " port " + std::to_string(port) + ": " + strerror(error);
    napi_throw_error(env, error == EADDRINUSE ? "EADDRINUSE" : nullptr, message.c_str());
    return nullptr;
  }
  if (!binding->Watch(socket)) {
    binding->wire_->CloseSocket(socket->index());
    return ThrowError(env, "cannot watch the socket");
  }
  napi_value result = nullptr;
  napi_create_object(env, &result);
  napi_set_named_property(env, result, "index", MakeNumber(env, socket->index()));
  napi_set_named_property(env, result, "port", MakeNumber(env, socket->port()));
  return result;
}

napi_value WireBinding::CloseSocket(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  uint32_t index = 0;
  if (binding == nullptr || !arguments.Uint32(0, &index) || binding->closed_) return nullptr;
  auto& polls = binding->polls_;
  auto poll = std::find_if(polls.begin(), polls.end(), [index](const auto& watched) {
    return watched->socket->index() == index;
  });
  // The loop lets go of the descriptor before it is closed.
  if (poll != polls.end() && index >= binding->wire_->first_sockets()) {
    StopWatching(std::move(*poll));
    polls.erase(poll);
  }
  if (!binding->wire_->CloseSocket(index)) return ThrowRangeError(env, "not a socket that bindSocket bound");
  return nullptr;
}

napi_value WireBinding::Latch(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  uint32_t session = 0;
  uint32_t socket = 0;
  bool from_any = false;
  std::vector<std::string> sources;
  if (binding == nullptr || !arguments.Uint32(0, &session) || !arguments.Uint32(1, &socket) ||
      !arguments.Bool(2, &from_any) || !arguments.Strings(3, &sources)) {
    return nullptr;
  }
  if (!binding->closed_ && !binding->wire_->Latch(session, socket, from_any, sources)) {
    return ThrowRangeError(env, "no such SDES or plain session, no such socket, or a source is no numeric address");
  }
  return nullptr;
}

napi_value WireBinding::SetPath(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  uint32_t session = 0;
  Path path;
  if (binding == nullptr || !arguments.Uint32(0, &session) || !ReadPath(arguments, 1, &path)) return nullptr;
  if (!binding->closed_ && !binding->wire_->SetPath(session, path)) {
    return ThrowRangeError(env, "no such session, or not a path of this wire");
  }
  return nullptr;
}

napi_value WireBinding::CloseSession(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  uint32_t session = 0;
  if (binding == nullptr || !arguments.Uint32(0, &session)) return nullptr;
  if (!binding->closed_) binding->wire_->CloseSession(session);
  return nullptr;
}

napi_value WireBinding::Flush(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  uint32_t count = 0;
  if (binding == nullptr || !arguments.Uint32(0, &count)) return nullptr;
  if (count > kOutgoingCapacity) return ThrowRangeError(env, "more descriptors than `outgoing` holds");
  if (!binding->closed_) binding->wire_->Flush(count);
  return nullptr;
}

napi_value WireBinding::Release(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  uint32_t slot = 0;
  if (binding == nullptr || !arguments.Uint32(0, &slot)) return nullptr;
  if (!binding->closed_ && !binding->wire_->Release(slot)) return ThrowRangeError(env, "the slot was not kept");
  return nullptr;
}

napi_value WireBinding::Tick(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  if (binding != nullptr && !binding->closed_) binding->wire_->Tick();
  return nullptr;
}

napi_value WireBinding::ReadCounters(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  napi_value object = nullptr;
  if (binding == nullptr || napi_create_object(env, &object) != napi_ok) return nullptr;
  const Counters& counters = binding->wire_->counters();
#define WIRE_SET_COUNTER(name) \
  napi_set_named_property(env, object, #name, MakeNumber(env, static_cast<double>(counters.name)));
  WIRE_COUNTERS(WIRE_SET_COUNTER)
#undef WIRE_SET_COUNTER
  return object;
}

napi_value WireBinding::PathTo(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  std::string address;
  uint32_t port = 0;
  uint32_t socket = 0;
  if (binding == nullptr || !arguments.String(0, &address) || !arguments.Uint32(1, &port) ||
      !arguments.Uint32(2, &socket)) {
    return nullptr;
  }
  Path path;
  if (port > 0xffff || !binding->wire_->PathTo(address, static_cast<uint16_t>(port), socket, &path)) {
    return ThrowRangeError(env, "not a numeric address and port of a family that the wire is bound to");
  }
  void* words = nullptr;
  napi_value buffer = nullptr;
  napi_value value = nullptr;
  if (napi_create_arraybuffer(env, sizeof path.words, &words, &buffer) != napi_ok) return nullptr;
  memcpy(words, path.words, sizeof path.words);
  napi_create_typedarray(env, napi_uint32_array, kPathWords, buffer, 0, &value);
  return value;
}

napi_value WireBinding::CloseWire(napi_env env, napi_callback_info info) {
  Arguments arguments(env, info);
  WireBinding* binding = Unwrap(env, arguments.self());
  if (binding != nullptr) binding->Close();
  return nullptr;
}

}  // namespace wire
