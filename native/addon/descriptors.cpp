#include "addon/descriptors.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "addon/errors.h"
#include "os/unique_fd.h"
#include "sockets/shared_address.h"
#include "sockets/unix_peers.h"

namespace tubthump::addon {

namespace {

[[noreturn]] void throw_errno(Napi::Env env, const std::string& what) {
  const auto failed = fail_errno(ErrorCode::System, what);
  throw to_js(env, failed.error());
}

}  // namespace

Napi::Value replace_descriptor(const Napi::CallbackInfo& info) {
  const int from = info[0].As<Napi::Number>();
  const int number = info[1].As<Napi::Number>();
  if (::dup3(from, number, O_CLOEXEC) < 0)
    throw_errno(info.Env(), "replace fd " + std::to_string(number));
  return info.Env().Undefined();
}

Napi::Value reopen_file(const Napi::CallbackInfo& info) {
  const std::string path = info[0].As<Napi::String>();
  const int flags = info[1].As<Napi::Number>();
  const auto mode = static_cast<mode_t>(info[2].As<Napi::Number>().Uint32Value());
  const int64_t offset = info[3].As<Napi::Number>();
  const int number = info[4].As<Napi::Number>();
  const UniqueFd file(::open(path.c_str(), flags | O_CLOEXEC, mode));
  if (!file) throw_errno(info.Env(), "open " + path);
  // Devices and directories that cannot seek have no offset to restore.
  if (offset > 0 && ::lseek(file.get(), offset, SEEK_SET) < 0)
    throw_errno(info.Env(), "seek in " + path);
  if (::dup3(file.get(), number, O_CLOEXEC) < 0)
    throw_errno(info.Env(), "replace fd " + std::to_string(number));
  return info.Env().Undefined();
}

Napi::Value socket_domain(const Napi::CallbackInfo& info) {
  const int fd = info[0].As<Napi::Number>();
  int domain = 0;
  socklen_t size = sizeof domain;
  if (::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) < 0)
    throw_errno(info.Env(), "ask for the family of fd " + std::to_string(fd));
  return Napi::Number::New(info.Env(), domain);
}

Napi::Value bind_shared(const Napi::CallbackInfo& info) {
  auto socket = sockets::bind_shared(info[0].As<Napi::String>(), info[1].As<Napi::Number>(),
                                     info[2].As<Napi::Boolean>());
  if (!socket) throw to_js(info.Env(), socket.error());
  return Napi::Number::New(info.Env(), socket->release());
}

Napi::Value unix_peers(const Napi::CallbackInfo& info) {
  auto pairs = sockets::unix_peers();
  if (!pairs) throw to_js(info.Env(), pairs.error());
  auto flat = Napi::Array::New(info.Env(), pairs->size() * 2);
  uint32_t next = 0;
  for (const sockets::UnixPair& pair : *pairs) {
    flat[next++] = Napi::Number::New(info.Env(), pair.inode);
    flat[next++] = Napi::Number::New(info.Env(), pair.peer);
  }
  return flat;
}

}  // namespace tubthump::addon
