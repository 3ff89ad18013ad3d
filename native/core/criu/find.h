// Where the CRIU binary is, without starting Node.
#pragma once

#include <string>

#include "error/error.h"

namespace tubthump::criu {

/// The ladder: the option, TUBTHUMP_CRIU, what `tubthump setup` chose, PATH. Only `setup` and
/// `doctor` probe; here the first that exists is taken.
/// Errors: CriuNotFound.
Result<std::string> find(const std::string& option);

/// What restores with it: a binary beside it that loads fewer libraries (on_demand/README.md),
/// where setup has put one.
std::string for_restore(const std::string& criu);

/// ${XDG_CACHE_HOME:-~/.cache}/tubthump
std::string cache_directory();

}  // namespace tubthump::criu
