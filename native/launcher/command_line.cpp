#include "launcher/command_line.h"

#include <getopt.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace tubthump::launcher {

namespace {

/// Above all letters.
constexpr int kFirst = 256;

const OptionRule& rule_of(int code, const OptionRules& rules) {
  if (code >= kFirst) return rules[static_cast<size_t>(code - kFirst)];
  return *std::ranges::find(rules, code, &OptionRule::letter);
}

}  // namespace

Result<Words> parse_command_line(int argc, char** argv, const OptionRules& rules) {
  Words words;
  // Everything behind `--` is the service's own; getopt must not see it.
  int mine = 0;
  while (mine < argc && std::strcmp(argv[mine], "--") != 0) mine++;
  for (int i = mine + 1; i < argc; i++) words.rest.emplace_back(argv[i]);

  std::vector<option> known;
  std::string letters = ":";
  for (int code = kFirst; const OptionRule& rule : rules) {
    known.push_back({rule.name, rule.has_value ? required_argument : no_argument, nullptr, code++});
    if (rule.letter) letters += {rule.letter, ':'};
  }
  known.push_back({});

  std::vector<char*> arguments{const_cast<char*>("tubthump")};
  arguments.insert(arguments.end(), argv, argv + mine);
  arguments.push_back(nullptr);
  const int count = static_cast<int>(arguments.size()) - 1;
  ::optind = 0;
  ::opterr = 0;
  for (int code; (code = ::getopt_long(count, arguments.data(), letters.c_str(), known.data(),
                                       nullptr)) != -1;) {
    const std::string last = arguments[static_cast<size_t>(::optind) - 1];
    if (code == '?') return usage("unknown option `" + last + "`");
    if (code == ':') return usage("`" + last + "` needs a value");
    if (auto taken = rule_of(code, rules).take(::optarg); !taken)
      return std::unexpected(taken.error());
  }
  words.operands.assign(arguments.begin() + ::optind, arguments.end() - 1);
  return words;
}

OptionRule flag(const char* name, bool& target, bool value) {
  return {name, false, [&target, value](const char*) {
            target = value;
            return Result<void>();
          }};
}

OptionRule text(const char* name, std::string& target) {
  return {name, true, [name, &target](const char* value) -> Result<void> {
            if (!*value) return usage("`--" + std::string(name) + "` has an empty value");
            target = value;
            return {};
          }};
}

OptionRule list(const char* name, std::vector<std::string>& target) {
  return {name, true, [&target](const char* value) {
            target.emplace_back(value);
            return Result<void>();
          }};
}

OptionRule number(const char* name, int& target, int least, int most, const char* unit,
                  int factor) {
  return {name, true, [=, &target](const char* text) -> Result<void> {
            int value = 0;
            const char* end = text + std::strlen(text);
            auto [stop, error] = std::from_chars(text, end, value);
            if (error != std::errc() || stop != end || value < least || value > most)
              return usage("--" + std::string(name) + " takes " + std::to_string(least) + " to " +
                           std::to_string(most) + unit + ", not `" + text + "`");
            target = value * factor;
            return {};
          }};
}

std::unexpected<Error> usage(const std::string& message) { return fail(ErrorCode::Usage, message); }

}  // namespace tubthump::launcher
