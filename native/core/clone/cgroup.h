// The cgroup of a copy, with its limits.
//
//   auto cgroup = Cgroup::make("/sys/fs/cgroup/shop/web-1", limits);
//   args.cgroup = cgroup->descriptor();    // version 2: the copy's init is cloned into it
//
// Not moved into it where that can be helped: writing a pid to cgroup.procs waits for an RCU grace
// period, 12 ms on an idle machine (cgroup_attach_lock() takes a percpu semaphore for writing, and
// clone3(2) takes it for reading).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::clone {

/// What is written to one of a cgroup's files, such as 200M to memory.max.
struct Limit {
  std::string file;
  std::string value;
};

/// Takes "memory.max=200M". Errors: Usage.
Result<Limit> parse_limit(std::string_view text);

/// Whether a cgroup can be made there: below one that exists. Errors: Namespace.
Result<void> check_cgroup(const std::string& path);

class Cgroup {
 public:
  /// One that exists is taken as it is. Errors: Namespace, also for a limit that it does not take.
  static Result<Cgroup> make(const std::string& path, const std::vector<Limit>& limits);

  /// For clone_args.cgroup; -1 in a hierarchy of version 1, which has only join().
  [[nodiscard]] int descriptor() const { return unified_ ? directory_.get() : -1; }

  /// Called by a process that was not cloned into it: moves it. Errors: Namespace.
  [[nodiscard]] Result<void> join() const;

 private:
  Cgroup(UniqueFd directory, bool unified) : directory_(std::move(directory)), unified_(unified) {}
  UniqueFd directory_;
  bool unified_;
};

}  // namespace tubthump::clone
