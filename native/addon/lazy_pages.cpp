#include "addon/lazy_pages.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "addon/task.h"
#include "process/child.h"
#include "process/tree.h"
#include "stream/page_server.h"

namespace tubthump::addon {

namespace {

/// The server is a process: it goes on when this one is killed. What guards it is here.
struct LazyPages {
  LazyPages(stream::StartedServer started, process::Child process, UniqueFd handle)
      : server(std::move(started)), child(std::move(process)), pidfd(std::move(handle)) {}

  stream::StartedServer server;
  process::Child child;
  UniqueFd pidfd;
  std::atomic<bool> released = false;  ///< The guard was told not to look any more.
};

using Shared = std::shared_ptr<LazyPages>;

Result<Shared> start(const std::string& launcher, const std::string& directory) {
  const UniqueFd images(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!images) return fail_errno(ErrorCode::ImageMissing, directory);
  auto server = stream::spawn_server(launcher, images.get(), [](const Error&) {});
  if (!server) return std::unexpected(server.error());
  auto child = process::Child::open(server->pid);
  if (!child) return std::unexpected(child.error());
  UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, server->pid, 0)));
  return std::make_shared<LazyPages>(std::move(*server), std::move(*child), std::move(pidfd));
}

/// Reaps the server; whether it did its work, the guard knows.
Result<bool> wait(const Shared& pages) {
  auto exit = pages->child.wait();
  if (!exit) return std::unexpected(exit.error());
  pages->server.work.remove();  // One that was killed has left it.
  pages->server.guard->wait_for(std::numeric_limits<size_t>::max());
  if (auto lost = pages->server.guard->lost()) return std::unexpected(*lost);
  if (pages->released && (exit->signal != 0 || exit->status != 0))
    return fail(ErrorCode::PageServer, "the page server ended early");
  return true;
}

/// The copy has pages that nobody brings any more.
void end_copy(pid_t copy) {
  const auto tasks = process::tasks_of(copy);
  ::kill(copy, SIGKILL);
  if (!tasks) return;
  for (const pid_t task : *tasks) ::kill(task, SIGKILL);
}

Napi::Value protect(const Napi::CallbackInfo& info, const Shared& pages) {
  const pid_t copy = info[0].As<Napi::Number>();
  if (auto guarded = pages->server.guard->protect(copy, [](const Error&) {}); !guarded) {
    end_copy(copy);
    throw to_js(info.Env(), guarded.error());
  }
  return info.Env().Undefined();
}

Napi::Value to_js_pages(Napi::Env env, Shared& pages) {
  Napi::Object result = Napi::Object::New(env);
  result.Set("pid", pages->server.pid);
  result.Set("workDir", pages->server.work.path());
  result.Set("held", Napi::Function::New(env, [pages](const Napi::CallbackInfo& info) {
               return Task::start<bool>(
                   info.Env(), {.execute = [pages]() -> Result<bool> {
                                  return pages->server.guard->wait_for(pages->server.processes);
                                },
                                .convert = [](Napi::Env inner, bool& held) -> Napi::Value {
                                  return Napi::Boolean::New(inner, held);
                                },
                                // The guard ends with the server, and it with the environment.
                                .interrupt =
                                    [pages] {
                                      ::syscall(SYS_pidfd_send_signal, pages->pidfd.get(), SIGKILL,
                                                nullptr, 0);
                                    }});
             }));
  result.Set("protect", Napi::Function::New(env, [pages](const Napi::CallbackInfo& info) {
               return protect(info, pages);
             }));
  result.Set("letGo", Napi::Function::New(env, [pages](const Napi::CallbackInfo&) {
               pages->released = true;
               pages->server.guard->let_go();
             }));
  result.Set("end", Napi::Function::New(env, [pages](const Napi::CallbackInfo&) {
               ::syscall(SYS_pidfd_send_signal, pages->pidfd.get(), SIGKILL, nullptr, 0);
             }));
  result.Set(
      "exited",
      Task::start<bool>(env, {.execute = [pages] { return wait(pages); },
                              .convert = [](Napi::Env inner, bool&) { return inner.Undefined(); },
                              .interrupt = [pages] { pages->child.cancel(); }}));
  return result;
}

}  // namespace

Napi::Value serve_lazy_pages(const Napi::CallbackInfo& info) {
  const std::string launcher = info[0].As<Napi::String>();
  const std::string directory = info[1].As<Napi::String>();
  return Task::start<Shared>(
      info.Env(), {.execute = [launcher, directory] { return start(launcher, directory); },
                   .convert = to_js_pages,
                   .interrupt = [] {}});  // Ends with the server's first word.
}

}  // namespace tubthump::addon
