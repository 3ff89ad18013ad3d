// Takes byte strings out of this process's memory before a dump, and puts them back in a process
// that goes on. Environment blocks, malloc's free lists, V8's heap and its garbage: wherever the
// bytes stand.
//
//   auto found = wipe(patterns);   // longest pattern first
//   ...                            // dump
//   put_back(patterns, *found);
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "error/error.h"

namespace tubthump::secrets {

using Pattern = std::span<const unsigned char>;

struct Found {
  uintptr_t address;
  size_t pattern;  ///< Index into the patterns.
};

/// Overwrites every occurrence, also the callers' own, with asterisks; zero bytes stay (UTF-16).
/// Other threads must not copy the patterns meanwhile; threads that unmap memory do no harm.
/// Shared and read-only file mappings are left alone.
Result<std::vector<Found>> wipe(std::span<const Pattern> patterns);

/// Writes the patterns back to where asterisks still stand for them. @returns to how many places
Result<size_t> put_back(std::span<const Pattern> patterns, std::span<const Found> found);

}  // namespace tubthump::secrets
