// A short name for the bytes of a file. It tells damage and careless edits; who wants to deceive
// needs no more than to compute it again: against that there are signatures.
//
// It is XXH3 (64 bits) of the list of XXH3s, as little-endian numbers, of the file's pieces
// (piece.h): one file is read by all processors.
#pragma once

#include <string>
#include <vector>

#include "error/error.h"

namespace tubthump::image {

/// For each of `names`, regular files in `directory`: 16 hexadecimal digits. Reads every byte,
/// holes excepted, on all processors. Errors: ImageInvalid naming one that cannot be read.
Result<std::vector<std::string>> checksums_of(int directory, const std::vector<std::string>& names);

}  // namespace tubthump::image
