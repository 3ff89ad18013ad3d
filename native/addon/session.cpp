#include "addon/session.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>

#include "addon/task.h"

namespace tubthump::addon {

namespace {

Deadline deadline_of(const Napi::Value& timeout_ms) {
  const double ms = timeout_ms.As<Napi::Number>().DoubleValue();
  if (ms < 0) return Deadline::never();
  return Deadline::after(std::chrono::milliseconds(static_cast<int64_t>(ms)));
}

/// The descriptors belong to the receiver from here on.
Napi::Value to_js_packet(Napi::Env env, rpc::Packet& packet) {
  Napi::Array fds = Napi::Array::New(env, packet.fds.size());
  for (size_t i = 0; i < packet.fds.size(); i++)
    fds.Set(static_cast<uint32_t>(i), Napi::Number::New(env, packet.fds[i].release()));
  Napi::Object result = Napi::Object::New(env);
  result.Set("bytes", Napi::Buffer<char>::Copy(env, packet.bytes.data(), packet.bytes.size()));
  result.Set("fds", fds);
  return result;
}

Napi::Error closed(Napi::Env env) {
  return to_js(env, {ErrorCode::RpcClosed, "the session was closed"});
}

}  // namespace

Napi::Function NativeSession::define(Napi::Env env) {
  return DefineClass(
      env, "NativeSession",
      {InstanceMethod<&NativeSession::send>("send"),
       InstanceMethod<&NativeSession::receive>("receive"),
       InstanceMethod<&NativeSession::log_text>("logText"),
       InstanceMethod<&NativeSession::cancel>("cancel"),
       InstanceMethod<&NativeSession::kill>("kill"),
       InstanceMethod<&NativeSession::unwatch>("unwatch"),
       InstanceMethod<&NativeSession::close>("close"), InstanceAccessor<&NativeSession::pid>("pid"),
       InstanceAccessor<&NativeSession::inherited>("inherited")});
}

Napi::Object NativeSession::make(Napi::Env env, Connection connection) {
  auto shared = std::make_shared<Connection>(std::move(connection));
  return env.GetInstanceData<Instance>()->session_class.New(
      {Napi::External<std::shared_ptr<Connection>>::New(env, &shared)});
}

NativeSession::NativeSession(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<NativeSession>(info) {
  // Reachable from JS as session.constructor.
  if (!info[0].IsExternal()) throw Napi::TypeError::New(info.Env(), "Illegal constructor");
  connection_ = *info[0].As<Napi::External<std::shared_ptr<Connection>>>().Data();
}

Napi::Value NativeSession::send(const Napi::CallbackInfo& info) {
  if (!connection_) throw closed(info.Env());
  const auto view = info[0].As<Napi::Uint8Array>();
  std::string bytes(reinterpret_cast<const char*>(view.Data()), view.ByteLength());
  return Task::start<bool>(
      info.Env(), {.execute = [connection = connection_, bytes = std::move(bytes),
                               deadline = deadline_of(info[1])]() -> Result<bool> {
                     if (auto sent = connection->session.send(bytes, deadline); !sent)
                       return std::unexpected(sent.error());
                     return true;
                   },
                   .convert = [](Napi::Env env, bool&) { return env.Undefined(); },
                   .interrupt = [connection = connection_] { connection->session.cancel(); }});
}

Napi::Value NativeSession::receive(const Napi::CallbackInfo& info) {
  if (!connection_) throw closed(info.Env());
  return Task::start<rpc::Packet>(
      info.Env(), {.execute =
                       [connection = connection_, deadline = deadline_of(info[0])] {
                         return connection->session.receive(deadline);
                       },
                   .convert = to_js_packet,
                   .interrupt = [connection = connection_] { connection->session.cancel(); }});
}

Napi::Value NativeSession::log_text(const Napi::CallbackInfo& info) {
  struct stat file;
  if (!connection_ || !connection_->log || ::fstat(connection_->log.get(), &file) < 0)
    return Napi::String::New(info.Env(), "");
  std::string text(static_cast<size_t>(file.st_size), '\0');
  const ssize_t got = ::pread(connection_->log.get(), text.data(), text.size(), 0);
  return Napi::String::New(info.Env(), text.data(), got > 0 ? static_cast<size_t>(got) : 0);
}

void NativeSession::cancel(const Napi::CallbackInfo&) {
  if (connection_) connection_->session.cancel();
}

void NativeSession::kill(const Napi::CallbackInfo&) {
  // Through the pidfd: a number may belong to another process by now.
  if (connection_ && connection_->process)
    (void)::syscall(SYS_pidfd_send_signal, connection_->process.get(), SIGKILL, nullptr, 0);
}

void NativeSession::unwatch(const Napi::CallbackInfo&) {
  if (connection_) connection_->process.reset();
}

void NativeSession::close(const Napi::CallbackInfo&) {
  if (connection_) connection_->session.cancel();
  connection_.reset();
}

Napi::Value NativeSession::pid(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), connection_ ? connection_->pid : 0);
}

Napi::Value NativeSession::inherited(const Napi::CallbackInfo& info) {
  Napi::Array numbers = Napi::Array::New(info.Env());
  if (connection_)
    for (size_t i = 0; i < connection_->inherited.size(); i++)
      numbers.Set(static_cast<uint32_t>(i), connection_->inherited[i]);
  return numbers;
}

}  // namespace tubthump::addon
