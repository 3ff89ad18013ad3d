// Which namespaces a copy has of its own, and what that takes.
#pragma once

#include <string_view>

#include "clone/spec.h"

namespace tubthump::clone {

/// Takes a list such as "net,uts": net, uts, ipc, cgroup, and mount for private mounts.
/// Errors: Usage naming the word.
Result<void> add_namespaces(Spec& spec, std::string_view list);

/// Whether we may make what `spec` asks for. Errors: Namespace naming the capability and what for.
Result<void> check_capabilities(const Spec& spec);

/// In the init, first of all: mounts, /proc, host name and network as `spec` says.
/// Errors: Namespace.
Result<void> furnish(const Spec& spec);

}  // namespace tubthump::clone
