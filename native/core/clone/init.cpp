#include "clone/init.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <vector>

#include "clone/namespaces.h"
#include "clone/network.h"
#include "clone/pid_outside.h"
#include "handover/channel.h"

namespace tubthump::clone {

namespace {

/// As exit status of an init whose copy did not come to life; the report says why.
constexpr int kNotRestored = 70;

/// Closes everything that belongs to the keeper and to other copies.
void close_all_but(std::vector<int> kept) {
  std::ranges::sort(kept);
  unsigned next = 3;
  for (int fd : kept) {
    const auto number = static_cast<unsigned>(fd);
    if (number > next) ::close_range(next, number - 1, 0);
    if (number >= next) next = number + 1;
  }
  ::close_range(next, ~0u, 0);
}

/// The copy's stdio becomes ours: it ends with us, and is what a dump agent gives back.
Result<void> take_stdio(const std::array<int, 3>& stdio) {
  // Above the three, so that none is overwritten before it is taken.
  std::array<int, 3> moved;
  for (size_t i = 0; i < 3; i++)
    if ((moved[i] = ::fcntl(stdio[i], F_DUPFD_CLOEXEC, 3)) < 0)
      return fail_errno(ErrorCode::System, "stdio of the copy");
  for (size_t i = 0; i < 3; i++)
    if (::dup2(moved[i], static_cast<int>(i)) < 0)
      return fail_errno(ErrorCode::System, "stdio of the copy");
  return {};
}

/// The keeper holds the other end of `reports` for as long as it lives.
bool is_orphan(int reports) {
  pollfd entry{reports, 0, 0};
  return ::poll(&entry, 1, 0) > 0 && (entry.revents & POLLHUP);
}

Result<restore::Copy> bring_to_life(const Spec& spec, const std::optional<Outside>& outside,
                                    int reports) {
  if (auto taken = take_stdio(spec.restore.stdio); !taken) return std::unexpected(taken.error());
  std::vector<int> kept{reports};
  if (spec.image >= 0) kept.push_back(spec.image);
  if (outside) {
    kept.push_back(outside->network.get());
    kept.push_back(outside->links.fd());
  }
  close_all_but(std::move(kept));
  const PidOutside names;  // Before /proc is another one.
  if (auto furnished = furnish(spec); !furnished) return std::unexpected(furnished.error());
  if (outside)
    if (auto connected = connect_network(spec.address, *outside); !connected)
      return std::unexpected(connected.error());
  restore::RestoreOptions options = spec.restore;
  options.stdio = {0, 1, 2};
  options.pid_outside = [&](pid_t pid) { return names.of(pid); };
  return restore::restore_copy(options);
}

[[noreturn]] void be_init(const Spec& spec, const std::optional<Outside>& outside,
                          const std::optional<Cgroup>& cgroup, int reports, const Life& life) {
  const auto start = std::chrono::steady_clock::now();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (is_orphan(reports)) ::_exit(kNotRestored);  // It died before the line above.
  ::prctl(PR_SET_NAME, "tubthump-init");
  const bool placed = !cgroup || cgroup->descriptor() >= 0;
  auto joined = placed ? Result<void>() : cgroup->join();
  auto copy = joined ? bring_to_life(spec, outside, reports)
                     : Result<restore::Copy>(std::unexpected(joined.error()));
  if (!copy) {
    (void)report_failed(reports, copy.error());
    ::_exit(kNotRestored);
  }
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  if (!report_restored(reports, *copy, took)) ::_exit(kNotRestored);
  const auto guard = std::move(copy->guard);
  const int status = life(std::move(*copy));
  if (const auto lost = guard ? guard->lost() : std::nullopt) (void)report_failed(reports, *lost);
  disconnect_network(spec.address);
  (void)report_ended(reports, status);
  ::_exit(0);
}

}  // namespace

Result<Init> start_init(const Spec& spec, const Life& life) {
  auto channel = handover::open_channel();
  if (!channel) return std::unexpected(channel.error());
  std::optional<Outside> outside;
  if (spec.namespaces & CLONE_NEWNET) {
    auto opened = open_outside();
    if (!opened) return std::unexpected(opened.error());
    outside = std::move(*opened);
  }
  std::optional<Cgroup> cgroup;
  if (!spec.cgroup.empty()) {
    auto made = Cgroup::make(spec.cgroup, spec.limits);
    if (!made) return std::unexpected(made.error());
    cgroup = std::move(*made);
  }
  clone_args args{};
  args.flags = CLONE_NEWPID | CLONE_NEWNS | static_cast<__u64>(spec.namespaces);
  args.exit_signal = SIGCHLD;
  if (cgroup) {
    // Its root would be our cgroup: furnish() makes it.
    args.flags &= ~static_cast<__u64>(CLONE_NEWCGROUP);
    if (cgroup->descriptor() >= 0) {
      args.flags |= CLONE_INTO_CGROUP;
      args.cgroup = static_cast<__u64>(cgroup->descriptor());
    }
  }
  // fork(2) with namespaces: glibc's clone() would want another stack.
  const long pid = ::syscall(SYS_clone3, &args, sizeof args);
  if (pid < 0) return fail_errno(ErrorCode::Namespace, "start a copy's init");
  if (pid == 0) be_init(spec, outside, cgroup, channel->theirs.get(), life);
  return Init{static_cast<pid_t>(pid), std::move(channel->ours)};
}

}  // namespace tubthump::clone
