// What a kdat cache is valid for: this boot, this kernel, this CRIU file.
#pragma once

#include <string>

#include "error/error.h"

namespace tubthump::kdat {

/// One line of text, equal if and only if the cache may be used again.
/// Errors: CriuNotFound when there is no such file, System.
Result<std::string> build_key(const std::string& criu);

/// The same for a stored cache file: CRIU replaces or removes it behind our back.
Result<std::string> file_key(const std::string& path);

}  // namespace tubthump::kdat
