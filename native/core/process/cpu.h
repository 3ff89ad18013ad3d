// What this processor offers to programs, in the names of gcc's __builtin_cpu_supports.
#pragma once

#include <string>
#include <vector>

namespace tubthump::process {

/// Instruction sets that a program may have chosen its code by, as V8 and OpenSSL do at start: in a
/// copy that code stays chosen. With what the kernel has enabled taken into account.
std::vector<std::string> cpu_features();

}  // namespace tubthump::process
