#include "launcher/options.h"

#include <cstdlib>
#include <filesystem>

#include "launcher/command_line.h"
#include "launcher/moment.h"

namespace tubthump::launcher {

namespace {

/// Options of `restore` that are variables of the copy's environment: what a container sets is as
/// good. src/runtime reads them.
struct Setting {
  const char* option;
  const char* variable;
};

constexpr Setting kSettings[] = {
    {"listen", "TUBTHUMP_LISTEN"}, {"user", "TUBTHUMP_USER"},   {"group", "TUBTHUMP_GROUP"},
    {"cwd", "TUBTHUMP_CWD"},       {"umask", "TUBTHUMP_UMASK"}, {"title", "TUBTHUMP_TITLE"},
};

/// An option that is given again extends the list.
void set(Options& options, const Setting& setting, const std::string& value) {
  const std::string start = setting.variable + std::string("=");
  for (std::string& entry : options.environment) {
    if (!entry.starts_with(start)) continue;
    entry += "," + value;
    return;
  }
  options.environment.push_back(start + value);
}

/// An option whose value has to pass `check`.
OptionRule checked(const char* name, std::string& target,
                   std::function<Result<void>(std::string_view)> check) {
  return {name, true, [&target, check = std::move(check)](const char* value) {
            target = value;
            return check(value);
          }};
}

Result<void> check_until(std::string_view until) {
  if (until == "stable") return {};
  return usage("--until takes `stable`, not `" + std::string(until) + "`");
}

/// An option without a value that is a variable of the service's environment.
OptionRule variable(const char* name, std::vector<std::string>& environment, const char* entry) {
  return {name, false, [&environment, entry](const char*) {
            environment.emplace_back(entry);
            return Result<void>();
          }};
}

OptionRules run_rules(Options& options) {
  OptionRules rules = rules_of(static_cast<CopyOptions&>(options));
  const OptionRules others{
      text("images", options.images),
      checked("checkpoint", options.checkpoint, check_moment),
      flag("exit", options.exit),
      checked("signal", options.signal, check_signal),
      list("warm", options.warm),
      text("warm-requests", options.warm_requests),
      checked("until", options.until, check_until),
      {"policy", true,
       [&options](const char* file) {
         // Read at the first checkpoint, when the service may have changed its directory.
         options.environment.push_back("TUBTHUMP_POLICY=" +
                                       std::filesystem::absolute(file).string());
         return Result<void>();
       }},
      variable("explain", options.environment, "TUBTHUMP_EXPLAIN=1"),
      flag("no-fallback", options.fallback, false),
  };
  rules.insert(rules.end(), others.begin(), others.end());
  return rules;
}

OptionRules restore_rules(Options& options) {
  OptionRules rules = rules_of(static_cast<CopyOptions&>(options));
  rules.push_back(text("images", options.images));
  rules.push_back(flag("parked", options.parked));
  for (const Setting& setting : kSettings)
    rules.push_back({setting.option, true, [&options, &setting](const char* value) {
                       set(options, setting, value);
                       return Result<void>();
                     }});
  return rules;
}

/// Whether the options about a checkpoint go together.
Result<void> check_checkpoint(const Options& options) {
  const bool warms = options.checkpoint == "warm";
  if (options.images.empty() && (is_automatic(options.checkpoint) || !options.signal.empty()))
    return usage("a checkpoint needs --images DIR");
  if (warms != !options.warm.empty()) return usage("--checkpoint warm and --warm URL go together");
  if (!warms && !(options.until.empty() && options.warm_requests.empty()))
    return usage("--until and --warm-requests need --checkpoint warm");
  if (options.exit && !is_automatic(options.checkpoint) && options.signal.empty())
    return usage("--exit needs --checkpoint WHEN or --signal NAME");
  return {};
}

}  // namespace

Result<Options> parse_run(int argc, char** argv) {
  Options options;
  auto words = parse_command_line(argc, argv, run_rules(options));
  if (!words) return std::unexpected(words.error());
  if (options.help) return options;
  if (!words->operands.empty())
    return usage("unexpected `" + words->operands[0] + "`: the command follows `--`");
  options.command = std::move(words->rest);
  if (options.command.empty()) return usage("no command: tubthump run [options] -- COMMAND");
  if (options.images.empty())
    if (const char* images = std::getenv("TUBTHUMP_IMAGES")) options.images = images;
  if (auto checked = check_checkpoint(options); !checked) return std::unexpected(checked.error());
  return options;
}

Result<Options> parse_restore(int argc, char** argv) {
  Options options;
  auto words = parse_command_line(argc, argv, restore_rules(options));
  if (!words) return std::unexpected(words.error());
  if (options.help) return options;
  options.command = std::move(words->rest);
  auto& operands = words->operands;
  if (!options.images.empty()) operands.insert(operands.begin(), options.images);
  if (operands.size() != 1) return usage("restore takes one image directory");
  options.images = operands[0];
  return options;
}

}  // namespace tubthump::launcher
