#include "launcher/copies.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <thread>

#include "launcher/supervise.h"

namespace tubthump::launcher {

namespace {

constexpr int kForwarded[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM, SIGUSR1,
                              SIGUSR2, SIGALRM, SIGCONT, SIGWINCH};

/// Blocked from here on, also in the inits: what comes during a restore waits for its copy.
UniqueFd catch_signals() {
  sigset_t handled;
  sigemptyset(&handled);
  for (int signal : kForwarded) sigaddset(&handled, signal);
  ::sigprocmask(SIG_BLOCK, &handled, nullptr);
  return UniqueFd(::signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK));
}

/// Two or three descriptors a copy: the usual limit of 1024 would be one of 300 copies.
void raise_descriptor_limit() {
  rlimit limit;
  if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// Runs in the init of a copy.
int look_after(restore::Copy copy) {
  Supervisor supervisor;
  return supervisor.watch(copy.pid, std::move(copy.channel));
}

int default_at_once() {
  return 2 * std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

Copies::Copies(CloneBase base)
    : base_(std::move(base)),
      events_(base_.options.control.value_or(-1), base_.options.json),
      signals_(catch_signals()) {
  raise_descriptor_limit();
  if (base_.options.at_once == 0) base_.options.at_once = default_at_once();
  if (!base_.options.control) return;
  control_.reset(*base_.options.control);
  ::fcntl(control_.get(), F_SETFL, O_NONBLOCK);
}

int Copies::run() {
  start_more();
  while (living_ > 0) {
    std::vector<pollfd> entries{{signals_.get(), POLLIN, 0}, {control_.get(), POLLIN, 0}};
    // poll(2) passes over negative descriptors: those of copies that have ended.
    for (const Copy& copy : copies_) entries.push_back({copy.reports.get(), POLLIN, 0});
    if (::poll(entries.data(), entries.size(), -1) < 0) continue;
    if (entries[0].revents) on_signals();
    if (entries[1].revents) on_command();
    for (size_t i = 2; i < entries.size(); i++)
      if (entries[i].revents) on_report(i - 2);
    start_more();
  }
  return exit_status_;
}

void Copies::start_more() {
  const CloneOptions& options = base_.options;
  while (!stopping_ && static_cast<int>(copies_.size()) < options.count &&
         restoring_ < options.at_once) {
    copies_.emplace_back();
    const size_t index = copies_.size() - 1;
    auto made = make_spec(base_, static_cast<int>(index));
    auto init = made ? clone::start_init(made->spec, look_after)
                     : Result<clone::Init>(std::unexpected(made.error()));
    if (!init) {
      fail_copy(index, init.error());
      continue;
    }
    copies_.back().init = init->pid;
    copies_.back().cgroup = made->spec.cgroup;
    copies_.back().reports = std::move(init->reports);
    restoring_++;
    living_++;
  }
  settle();
}

void Copies::settle() {
  const bool all = stopping_ || static_cast<int>(copies_.size()) == base_.options.count;
  if (settled_ || !all || restoring_ > 0) return;
  settled_ = true;
  base_.decrypted.reset();  // What the copies have mapped stays.
  events_.settled(up_, base_.options.count);
}

void Copies::fail_copy(size_t index, const Error& error) {
  copies_[index].failed = true;
  events_.failed(number_of(index), error);
  note_status(exit_status_of(error.code));
}

void Copies::on_report(size_t index) {
  Copy& copy = copies_[index];
  auto report = clone::receive_report(copy.reports.get());
  if (!report) return on_end(index);
  if (auto* restored = std::get_if<clone::Restored>(&*report)) {
    restoring_--;
    up_++;
    copy.restored = true;
    events_.restored(number_of(index), *restored);
    copy.process = std::move(restored->process);
  } else if (auto* error = std::get_if<Error>(&*report); error && copy.restored) {
    events_.lost(number_of(index), *error);
    note_status(exit_status_of(error->code));
  } else if (error) {
    restoring_--;
    fail_copy(index, *error);
  } else {
    copy.status = std::get<clone::Ended>(*report).status;
  }
}

/// The init is gone or about to go; when it is reaped, nothing of its namespaces is left.
void Copies::on_end(size_t index) {
  Copy& copy = copies_[index];
  copy.reports.reset();
  copy.process.reset();
  const int status = wait_for(copy.init);
  base_.cgroups.sweep(copy.cgroup);
  living_--;
  if (copy.failed) return;
  if (!copy.restored) {
    restoring_--;
    const std::string how = WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                                                : "status " + std::to_string(WEXITSTATUS(status));
    return fail_copy(index,
                     {ErrorCode::RestoreFailed, "it was ended while it was restored: " + how});
  }
  // Without its last report it was killed, and its copy with it.
  if (copy.status < 0) copy.status = status;
  events_.exited(number_of(index), copy.status);
  note_status(WIFSIGNALED(copy.status) ? 128 + WTERMSIG(copy.status) : WEXITSTATUS(copy.status));
}

void Copies::note_status(int status) {
  if (exit_status_ == 0) exit_status_ = status;
}

void Copies::signal_copy(Copy& copy, int signal) {
  if (copy.process)
    ::syscall(SYS_pidfd_send_signal, copy.process.get(), signal, nullptr, 0);
  else if (copy.reports)
    ::kill(copy.init, signal);  // Waits there until the copy lives; SIGKILL does not.
}

void Copies::on_signals() {
  signalfd_siginfo info;
  while (::read(signals_.get(), &info, sizeof info) == sizeof info) {
    const int signal = static_cast<int>(info.ssi_signo);
    if (signal == SIGTERM || signal == SIGINT || signal == SIGQUIT) stopping_ = true;
    for (Copy& copy : copies_) signal_copy(copy, signal);
  }
}

void Copies::on_command() {
  std::array<char, 4096> bytes;
  const ssize_t got = ::read(control_.get(), bytes.data(), bytes.size());
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return end_all();
  line_.append(bytes.data(), static_cast<size_t>(got));
  for (size_t end; (end = line_.find('\n')) != std::string::npos; line_.erase(0, end + 1))
    obey(line_.substr(0, end));
}

/// {"copy":3,"signal":15}
void Copies::obey(const std::string& line) {
  const auto command = nlohmann::json::parse(line, nullptr, false);
  if (!command.is_object()) return;
  const int index = command.value("copy", 0) - base_.options.first;
  if (index < 0 || index >= static_cast<int>(copies_.size())) return;
  signal_copy(copies_[static_cast<size_t>(index)], command.value("signal", 0));
}

/// Whoever asked for the copies is gone.
void Copies::end_all() {
  control_.reset();
  stopping_ = true;
  for (const Copy& copy : copies_)
    if (copy.reports) ::kill(copy.init, SIGKILL);
}

}  // namespace tubthump::launcher
