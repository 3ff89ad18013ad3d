// Connections to CRIU for TypeScript: src/native/addon.ts declares and explains them.
//
// Arguments come validated from there. Whatever can block runs as a Task.
#pragma once

#include <napi.h>

#include <memory>
#include <string>
#include <vector>

#include "os/unique_fd.h"
#include "rpc/session.h"

namespace tubthump::addon {

/// One connection, and the swrk behind it if it is ours.
struct Connection {
  rpc::Session session;
  pid_t pid = 0;                 ///< Of swrk; 0 for a service.
  UniqueFd process{};            ///< pidfd of swrk.
  UniqueFd log{};                ///< What swrk writes to stderr, when nobody else takes it.
  std::vector<int> inherited{};  ///< Numbers in swrk's own table.
};

/// Pending tasks share the connection: close() or garbage collection during one is safe, and the
/// descriptors close when the last user is gone.
class NativeSession : public Napi::ObjectWrap<NativeSession> {
 public:
  static Napi::Function define(Napi::Env env);
  /// Concurrency: JS thread of `env`.
  static Napi::Object make(Napi::Env env, Connection connection);

  explicit NativeSession(const Napi::CallbackInfo& info);

 private:
  Napi::Value send(const Napi::CallbackInfo& info);
  Napi::Value receive(const Napi::CallbackInfo& info);
  Napi::Value log_text(const Napi::CallbackInfo& info);
  void cancel(const Napi::CallbackInfo& info);
  void kill(const Napi::CallbackInfo& info);
  void unwatch(const Napi::CallbackInfo& info);
  void close(const Napi::CallbackInfo& info);
  Napi::Value pid(const Napi::CallbackInfo& info);
  Napi::Value inherited(const Napi::CallbackInfo& info);

  std::shared_ptr<Connection> connection_;  ///< Empty after close().
};

/// What belongs to one environment (main thread or worker).
struct Instance {
  Napi::FunctionReference session_class;
};

}  // namespace tubthump::addon
