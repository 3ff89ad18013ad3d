#include "addon/task.h"

#include <signal.h>

#include <system_error>

namespace tubthump::addon {

namespace {

/// Signals of the process are for its other threads: Node's handlers expect them there.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

}  // namespace

Task::Task(Napi::Env env) : env_(env), deferred_(Napi::Promise::Deferred::New(env)) {}

Napi::Promise Task::launch(std::unique_ptr<Task> owned) {
  Napi::Env env(owned->env_);
  const Napi::Promise promise = owned->deferred_.Promise();
  if (napi_create_threadsafe_function(env, nullptr, nullptr, Napi::String::New(env, "tubthump"), 0,
                                      1, nullptr, nullptr, nullptr, on_done,
                                      &owned->done_) != napi_ok)
    throw Napi::Error::New(env);
  Task* task = owned.get();
  try {
    SignalsBlocked blocked;
    task->thread_ = std::thread([task] { task->run(); });
  } catch (const std::system_error& error) {  // The limit of threads.
    napi_release_threadsafe_function(task->done_, napi_tsfn_abort);
    throw to_js(env, {ErrorCode::System, "start a thread: " + error.code().message()});
  }
  owned.release();  // on_done has it.
  // Added after the function's own hook, hence run before it: the function is alive while we join.
  napi_add_env_cleanup_hook(env, on_environment_end, task);
  return promise;
}

void Task::run() {
  execute();
  // on_done joins this thread before it deletes the task.
  napi_threadsafe_function done = done_;
  napi_call_threadsafe_function(done, this, napi_tsfn_blocking);
  napi_release_threadsafe_function(done, napi_tsfn_release);
}

void Task::on_done(napi_env raw, napi_value, void*, void* data) {
  std::unique_ptr<Task> task(static_cast<Task*>(data));
  if (task->thread_.joinable()) task->thread_.join();
  if (!raw) return;  // The environment has ended: nobody waits.
  napi_remove_env_cleanup_hook(raw, on_environment_end, task.get());
  Napi::Env env(raw);
  Napi::HandleScope scope(env);
  try {
    task->settle(env, task->deferred_);
  } catch (const Napi::Error& error) {
    task->deferred_.Reject(error.Value());
  }
}

void Task::on_environment_end(void* data) {
  auto* task = static_cast<Task*>(data);
  task->interrupt();
  task->thread_.join();
}

}  // namespace tubthump::addon
