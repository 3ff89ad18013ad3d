// Work that may block, on a thread of its own, as a promise.
//
// Not on libuv's pool: it has four threads, and four pending receives would wedge every file read
// of the application. A pending task keeps the event loop alive.
//
//   return Task::start(env, {
//       .execute = [=] { return connection->session.receive(deadline); },
//       .convert = [](Napi::Env env, Packet packet) { … return value; },
//       .interrupt = [=] { connection->session.cancel(); }});
#pragma once

#include <napi.h>

#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "addon/errors.h"

namespace tubthump::addon {

template <class T>
struct Work {
  std::function<Result<T>()> execute;                 ///< On the task's thread: no JS values.
  std::function<Napi::Value(Napi::Env, T&)> convert;  ///< On the JS thread, after success.
  std::function<void()> interrupt;  ///< Makes execute return soon: the environment ends.
};

class Task {
 public:
  template <class T>
  static Napi::Promise start(Napi::Env env, Work<T> work);

  virtual ~Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

 protected:
  explicit Task(Napi::Env env);
  virtual void execute() = 0;
  virtual void interrupt() = 0;
  virtual void settle(Napi::Env env, const Napi::Promise::Deferred& deferred) = 0;

 private:
  static Napi::Promise launch(std::unique_ptr<Task> task);
  void run();
  static void on_done(napi_env env, napi_value, void*, void* task);
  static void on_environment_end(void* task);

  napi_env env_;
  Napi::Promise::Deferred deferred_;
  napi_threadsafe_function done_ = nullptr;
  std::thread thread_;
};

template <class T>
class TaskOf final : public Task {
 public:
  TaskOf(Napi::Env env, Work<T> work) : Task(env), work_(std::move(work)) {}

 private:
  void execute() override { result_.emplace(work_.execute()); }
  void interrupt() override { work_.interrupt(); }
  void settle(Napi::Env env, const Napi::Promise::Deferred& deferred) override {
    if (*result_)
      deferred.Resolve(work_.convert(env, **result_));
    else
      deferred.Reject(to_js(env, result_->error()).Value());
  }

  Work<T> work_;
  std::optional<Result<T>> result_;
};

template <class T>
Napi::Promise Task::start(Napi::Env env, Work<T> work) {
  return launch(std::make_unique<TaskOf<T>>(env, std::move(work)));
}

}  // namespace tubthump::addon
