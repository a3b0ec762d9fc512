// The JavaScript class NativeWire: a Wire driven by the event loop of the thread that made it.
#pragma once

#include <node_api.h>
#include <uv.h>

#include <memory>
#include <string>
#include <vector>

#include "wire.h"

namespace wire {

class WireBinding final : private BatchHandler {
 public:
  // The constructor function, null with an exception pending on failure.
  static napi_value DefineClass(napi_env env);

 private:
  struct SocketPoll {
    uv_poll_t handle;
    WireBinding* binding;
    std::shared_ptr<UdpSocket> socket;
  };

  explicit WireBinding(napi_env env) : env_(env) {}
  ~WireBinding() = default;

  // new NativeWire(port, addresses, slots, maxSessions, profiles, onBatch, ufragPrefix)
  static napi_value New(napi_env env, napi_callback_info info);
  static napi_value BindSocket(napi_env env, napi_callback_info info);
  static napi_value CloseSocket(napi_env env, napi_callback_info info);
  static napi_value OpenDtlsSession(napi_env env, napi_callback_info info);
  static napi_value OpenSdesSession(napi_env env, napi_callback_info info);
  static napi_value OpenPlainSession(napi_env env, napi_callback_info info);
  static napi_value Latch(napi_env env, napi_callback_info info);
  static napi_value SetPath(napi_env env, napi_callback_info info);
  static napi_value CloseSession(napi_env env, napi_callback_info info);
  static napi_value Flush(napi_env env, napi_callback_info info);
  static napi_value Release(napi_env env, napi_callback_info info);
  static napi_value Tick(napi_env env, napi_callback_info info);
  static napi_value ReadCounters(napi_env env, napi_callback_info info);
  static napi_value PathTo(napi_env env, napi_callback_info info);
  static napi_value CloseWire(napi_env env, napi_callback_info info);

  // The binding behind `this`, null with an exception pending if there is none.
  static WireBinding* Unwrap(napi_env env, napi_value self);

  // False and a sentence in `*error` on failure.
  bool Start(napi_value self, napi_value on_batch, std::string* error);
  bool Watch(const std::shared_ptr<UdpSocket>& socket);
  // Frees the poll once the loop has let go of it.
  static void StopWatching(std::unique_ptr<SocketPoll> poll);
  bool SetProperties(napi_value self);
  void Close();
  void OnHandleClosed();
  void DeleteIfDone();

  void OnBatch(uint32_t count) override;
  void OnQueued() override;

  napi_env env_;
  uv_loop_t* loop_ = nullptr;
  std::unique_ptr<Wire> wire_;
  // Strong while the wire is open: its sockets keep it alive, as node:dgram does.
  napi_ref self_ = nullptr;
  napi_ref on_batch_ = nullptr;
  napi_async_cleanup_hook_handle cleanup_hook_ = nullptr;
  std::vector<std::unique_ptr<SocketPoll>> polls_;
  uv_async_t queued_ = {};
  size_t open_handles_ = 0;
  bool closed_ = false;
  // The JavaScript object is gone.
  bool finalized_ = false;
};

}  // namespace wire
