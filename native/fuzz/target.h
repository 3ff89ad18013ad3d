// Decoders that read what others wrote, as functions of bytes.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tubthump::fuzz {

struct Target {
  std::string_view name;
  /// Must neither crash nor hang nor take much more memory than `bytes`, whatever they are; aborts
  /// when what it decoded is not the same after it was encoded.
  void (*run)(const std::string& bytes);
};

std::span<const Target> targets();

}  // namespace tubthump::fuzz
