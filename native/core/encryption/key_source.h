// Where a key comes from: a file, or a program that prints it. No shell is involved.
#pragma once

#include <chrono>
#include <string>

#include "encryption/key.h"
#include "error/error.h"

namespace tubthump::encryption {

struct KeySource {
  std::string file;     ///< Path; for nobody but root and its owner, who has to be us, to read.
  std::string command;  ///< Program and arguments with blanks between; prints the key on stdout.
  explicit operator bool() const { return !file.empty() || !command.empty(); }
};

/// How long a program may take to print a key.
inline constexpr std::chrono::seconds kKeyLimit{30};

/// Reads the key; what it was read into is overwritten. The program has our environment and stderr,
/// and no stdin; past `limit` it is killed, with the processes that it started.
/// Errors: Usage when both are given; Key saying what is wrong, without a byte of what was read.
Result<Key> read_key(const KeySource& source, std::chrono::milliseconds limit = kKeyLimit);

}  // namespace tubthump::encryption
