#include "clone/namespaces.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <string>

#include "control/files.h"
#include "os/unique_fd.h"

namespace tubthump::clone {

namespace {

struct Kind {
  std::string_view name;
  int flag;
};

constexpr std::array<Kind, 4> kKinds{{{"net", CLONE_NEWNET},
                                      {"uts", CLONE_NEWUTS},
                                      {"ipc", CLONE_NEWIPC},
                                      {"cgroup", CLONE_NEWCGROUP}}};

uint64_t effective_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> sets{};
  if (::syscall(SYS_capget, &header, sets.data()) < 0) return 0;
  return sets[0].effective | uint64_t{sets[1].effective} << 32;
}

Result<void> add_one(Spec& spec, std::string_view name) {
  if (name == "mount") {
    spec.private_mounts = true;
    return {};
  }
  for (const Kind& kind : kKinds)
    if (kind.name == name) {
      spec.namespaces |= kind.flag;
      return {};
    }
  return fail(ErrorCode::Usage,
              "namespaces are net, uts, ipc, mount and cgroup, not `" + std::string(name) + "`");
}

Result<void> mount_or_fail(const char* source, const char* target, const char* type,
                           unsigned long flags, const char* data = nullptr) {
  if (::mount(source, target, type, flags, data) == 0) return {};
  return fail_errno(ErrorCode::Namespace, std::string("mount ") + target);
}

/// A /proc that shows the copy's own pids, and a directory of its own for its control socket, whose
/// name is its pid: all copies have the same one. /proc/PID/root leads there from outside.
Result<void> mount_own(const Spec& spec) {
  const unsigned long propagation = spec.private_mounts ? MS_PRIVATE : MS_SLAVE;
  if (auto done = mount_or_fail(nullptr, "/", nullptr, MS_REC | propagation); !done) return done;
  constexpr unsigned long kPlain = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  if (auto done = mount_or_fail("proc", "/proc", "proc", kPlain); !done) return done;
  if (::mkdir(control::kRootDirectory, 0700) < 0 && errno != EEXIST)
    return {};  // None can be there.
  return mount_or_fail("tubthump", control::kRootDirectory, "tmpfs", kPlain, "mode=700,size=1m");
}

Result<void> join_network(const std::string& path) {
  UniqueFd network(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (network && ::setns(network.get(), CLONE_NEWNET) == 0) return {};
  return fail_errno(ErrorCode::Namespace, "network namespace " + path);
}

}  // namespace

Result<void> add_namespaces(Spec& spec, std::string_view list) {
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    if (auto added = add_one(spec, list.substr(0, comma)); !added) return added;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return {};
}

Result<void> check_capabilities(const Spec& spec) {
  const uint64_t ours = effective_capabilities();
  if (!(ours & uint64_t{1} << CAP_SYS_ADMIN))
    return fail(ErrorCode::Namespace,
                "CAP_SYS_ADMIN is missing: copies have pid and mount namespaces of their own");
  if (!spec.address.ip.empty() && !(ours & uint64_t{1} << CAP_NET_ADMIN))
    return fail(ErrorCode::Namespace,
                "CAP_NET_ADMIN is missing: an address of a copy's own needs network devices");
  return {};
}

Result<void> furnish(const Spec& spec) {
  if (!spec.shared_network.empty())
    if (auto joined = join_network(spec.shared_network); !joined) return joined;
  if (!spec.cgroup.empty() && spec.namespaces & CLONE_NEWCGROUP && ::unshare(CLONE_NEWCGROUP) < 0)
    return fail_errno(ErrorCode::Namespace, "cgroup namespace");
  if (auto mounted = mount_own(spec); !mounted) return mounted;
  if (!spec.hostname.empty() && ::sethostname(spec.hostname.data(), spec.hostname.size()) < 0)
    return fail_errno(ErrorCode::Namespace, "host name " + spec.hostname);
  return {};
}

}  // namespace tubthump::clone
