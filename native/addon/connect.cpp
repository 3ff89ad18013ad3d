#include "addon/connect.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "addon/session.h"
#include "addon/task.h"
#include "process/child.h"
#include "rpc/service.h"
#include "rpc/swrk.h"

namespace tubthump::addon {

namespace {

template <class Element, class Value>
std::vector<Element> list_of(const Napi::Value& value) {
  const auto array = value.As<Napi::Array>();
  std::vector<Element> result;
  for (uint32_t i = 0; i < array.Length(); i++)
    result.push_back(static_cast<Element>(array.Get(i).As<Value>()));
  return result;
}

Result<Connection> spawn(rpc::SwrkOptions options) {
  UniqueFd log;
  if (options.stderr_fd < 0) {
    log.reset(::memfd_create("criu.stderr", MFD_CLOEXEC));
    if (!log) return fail_errno(ErrorCode::System, "memfd_create");
    options.stderr_fd = log.get();
  }
  auto swrk = rpc::spawn_swrk(options);
  if (!swrk) return std::unexpected(swrk.error());
  // swrk waits for its request: it is still the process with this number. Without a pidfd (it
  // crashed at once) there is nothing to kill.
  UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, swrk->pid, 0)));
  return Connection{std::move(swrk->session), swrk->pid, std::move(process), std::move(log),
                    std::move(swrk->inherited)};
}

Result<Connection> connect(const std::string& path, Deadline deadline, std::stop_token stop) {
  auto session = rpc::connect_service(path, deadline, std::move(stop));
  if (!session) return std::unexpected(session.error());
  return Connection{.session = std::move(*session)};
}

Napi::Value to_js_session(Napi::Env env, Connection& connection) {
  return NativeSession::make(env, std::move(connection));
}

Napi::Value to_js_exit(Napi::Env env, process::Exit& exit) {
  Napi::Object result = Napi::Object::New(env);
  result.Set("status", exit.status);
  result.Set("signal", exit.signal);
  return result;
}

}  // namespace

Napi::Value spawn_swrk(const Napi::CallbackInfo& info) {
  rpc::SwrkOptions options;
  options.criu = info[0].As<Napi::String>();
  options.environment = list_of<std::string, Napi::String>(info[1]);
  options.inherit = list_of<int, Napi::Number>(info[2]);
  options.stderr_fd = info[3].As<Napi::Number>();
  options.detached = info[4].As<Napi::Boolean>();
  return Task::start<Connection>(info.Env(), {.execute = [options] { return spawn(options); },
                                              .convert = to_js_session,
                                              .interrupt = [] {}});  // Ends with the exec.
}

Napi::Value connect_service(const Napi::CallbackInfo& info) {
  const std::string path = info[0].As<Napi::String>();
  const std::chrono::milliseconds limit(info[1].As<Napi::Number>().Int64Value());
  const std::stop_source stop;
  return Task::start<Connection>(
      info.Env(),
      {.execute = [path, limit,
                   stop] { return connect(path, Deadline::after(limit), stop.get_token()); },
       .convert = to_js_session,
       .interrupt = [stop]() mutable { stop.request_stop(); }});
}

Napi::Value wait_child(const Napi::CallbackInfo& info) {
  auto opened = process::Child::open(info[0].As<Napi::Number>());
  if (!opened) throw to_js(info.Env(), opened.error());
  auto child = std::make_shared<process::Child>(std::move(*opened));
  return Task::start<process::Exit>(info.Env(), {.execute = [child] { return child->wait(); },
                                                 .convert = to_js_exit,
                                                 .interrupt = [child] { child->cancel(); }});
}

}  // namespace tubthump::addon
