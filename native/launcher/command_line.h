// Command lines: options as a table, each with what it does, parsed with getopt_long.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "error/error.h"

namespace tubthump::launcher {

/// An option. Those with a value may also have a letter.
struct OptionRule {
  const char* name;
  bool has_value;
  /// Gets the value, or null. Errors: Usage.
  std::function<Result<void>(const char* value)> take;
  char letter = 0;
};

using OptionRules = std::vector<OptionRule>;

struct Words {
  std::vector<std::string> operands;  ///< Between the options and `--`.
  std::vector<std::string> rest;      ///< What follows `--`.
};

/// Hands each option to its rule. Errors: Usage, for an option that has no rule or no value, and
/// what rules return. Not for several threads at once: getopt has one state.
Result<Words> parse_command_line(int argc, char** argv, const OptionRules& rules);

/// The targets of rules have to outlive them.
OptionRule flag(const char* name, bool& target, bool value = true);
OptionRule text(const char* name, std::string& target);
/// May repeat.
OptionRule list(const char* name, std::vector<std::string>& target);
/// A whole number between two limits, in `unit`s, of each of which the target holds `factor`.
OptionRule number(const char* name, int& target, int least, int most, const char* unit = "",
                  int factor = 1);

std::unexpected<Error> usage(const std::string& message);

}  // namespace tubthump::launcher
