// The first process of a copy's pid namespace: makes the namespaces a home, restores the copy as
// its child, and stays to look after it.
//
//   auto init = start_init(spec, [](restore::Copy copy) { return supervise(std::move(copy)); });
//   Result<Report> report = receive_report(init->reports.get());
//
// All pids of the image are free in there, so any number of copies live side by side. When the init
// ends, the kernel ends everything else in the namespace, and the namespaces go; and the init gets
// SIGKILL when we die. So nothing can be left behind.
#pragma once

#include <functional>

#include "clone/report.h"
#include "clone/spec.h"

namespace tubthump::clone {

/// What the init does with its copy: reap, pass on signals, and return the copy's wait(2) status
/// when it has ended. 0, 1 and 2 are the copy's stdio.
using Life = std::function<int(restore::Copy)>;

struct Init {
  pid_t pid;         ///< Our child.
  UniqueFd reports;  ///< Readable for every Report; at its end the init is ending.
};

/// Returns at once; the restore goes on in the init. For a caller with one thread: it is copied.
/// The init has the caller's mask of blocked signals.
/// Errors: Namespace, System.
Result<Init> start_init(const Spec& spec, const Life& life);

}  // namespace tubthump::clone
