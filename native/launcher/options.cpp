#include "launcher/options.h"

#include <getopt.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

#include "launcher/moment.h"

namespace tubthump::launcher {

namespace {

enum Option {
  kImages = 256,
  kCriu,
  kEnv,
  kEngine,
  kPolicy,
  kExplain,
  kNoFallback,
  kStrict,
  kParked,
  kTimeout,
  kJson,
  kHelp,
  kCheckpoint,
  kExit,
  kSignal,
  kWarm,
  kWarmRequests,
  kUntil,
  kRequireSignature,
};

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
constexpr int kFirstSetting = 512;

constexpr option kBoth[] = {
    {"images", required_argument, nullptr, kImages},
    {"criu", required_argument, nullptr, kCriu},
    {"env", required_argument, nullptr, kEnv},
    {"engine", required_argument, nullptr, kEngine},
    {"require-signature", required_argument, nullptr, kRequireSignature},
    {"strict", no_argument, nullptr, kStrict},
    {"timeout", required_argument, nullptr, kTimeout},
    {"json", no_argument, nullptr, kJson},
    {"help", no_argument, nullptr, kHelp},
};

constexpr option kOnlyRun[] = {
    {"checkpoint", required_argument, nullptr, kCheckpoint},
    {"exit", no_argument, nullptr, kExit},
    {"signal", required_argument, nullptr, kSignal},
    {"warm", required_argument, nullptr, kWarm},
    {"warm-requests", required_argument, nullptr, kWarmRequests},
    {"until", required_argument, nullptr, kUntil},
    {"policy", required_argument, nullptr, kPolicy},
    {"explain", no_argument, nullptr, kExplain},
    {"no-fallback", no_argument, nullptr, kNoFallback},
};

std::vector<option> run_options() {
  std::vector<option> known(std::begin(kBoth), std::end(kBoth));
  known.insert(known.end(), std::begin(kOnlyRun), std::end(kOnlyRun));
  known.push_back({});
  return known;
}

std::vector<option> restore_options() {
  std::vector<option> known(std::begin(kBoth), std::end(kBoth));
  for (int code = kFirstSetting; const Setting& setting : kSettings)
    known.push_back({setting.option, required_argument, nullptr, code++});
  known.push_back({"parked", no_argument, nullptr, kParked});
  known.push_back({});
  return known;
}

std::unexpected<Error> usage(const std::string& message) { return fail(ErrorCode::Usage, message); }

std::optional<int> parse_seconds(std::string_view text) {
  int seconds = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (seconds < 1 || seconds > 86'400) return std::nullopt;
  return seconds;
}

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

Result<void> take_engine(Options& options, std::string_view name) {
  if (name != "eager" && name != "stream")
    return usage("--engine takes `eager` or `stream`, not `" + std::string(name) + "`");
  options.paging = name == "stream" ? restore::Paging::Stream : restore::Paging::Eager;
  return {};
}

Result<void> take(Options& options, int code, const char* value) {
  if (code >= kFirstSetting) {
    set(options, kSettings[code - kFirstSetting], value);
    return {};
  }
  switch (code) {
    case kImages:
      options.images = value;
      return {};
    case kCriu:
      options.criu = value;
      return {};
    case kEnv:
      if (!std::strchr(value, '=') || *value == '=')
        return usage("--env takes NAME=VALUE, not `" + std::string(value) + "`");
      options.environment.emplace_back(value);
      return {};
    case kEngine:
      return take_engine(options, value);
    case kPolicy:
      // Read at the first checkpoint, when the service may have changed its directory.
      options.environment.push_back("TUBTHUMP_POLICY=" + std::filesystem::absolute(value).string());
      return {};
    case kExplain:
      options.environment.emplace_back("TUBTHUMP_EXPLAIN=1");
      return {};
    case kRequireSignature:
      options.public_key = value;
      return {};
    case kNoFallback:
      options.fallback = false;
      return {};
    case kStrict:
      options.strict = true;
      return {};
    case kParked:
      options.parked = true;
      return {};
    case kJson:
      options.json = true;
      return {};
    case kHelp:
      options.help = true;
      return {};
    case kExit:
      options.exit = true;
      return {};
    case kWarm:
      options.warm.emplace_back(value);
      return {};
    case kWarmRequests:
      options.warm_requests = value;
      return {};
    case kCheckpoint:
      options.checkpoint = value;
      return check_moment(value);
    case kSignal:
      options.signal = value;
      return check_signal(value);
    case kUntil:
      options.until = value;
      if (options.until == "stable") return {};
      return usage("--until takes `stable`, not `" + options.until + "`");
    default: {
      auto seconds = parse_seconds(value);
      if (!seconds)
        return usage("--timeout takes 1 to 86400 seconds, not `" + std::string(value) + "`");
      options.timeout_ms = *seconds * 1000;
      return {};
    }
  }
}

struct Parsed {
  Options options;
  std::vector<std::string> operands;  ///< Between the options and `--`.
};

Result<Parsed> parse(int argc, char** argv, const std::vector<option>& known) {
  Parsed parsed;
  // Everything behind `--` is the service's own; getopt must not see it.
  int mine = 0;
  while (mine < argc && std::strcmp(argv[mine], "--") != 0) mine++;
  for (int i = mine + 1; i < argc; i++) parsed.options.command.emplace_back(argv[i]);

  std::vector<char*> arguments{const_cast<char*>("tubthump")};
  arguments.insert(arguments.end(), argv, argv + mine);
  arguments.push_back(nullptr);
  ::optind = 0;
  ::opterr = 0;
  int count = static_cast<int>(arguments.size()) - 1;
  for (int code;
       (code = ::getopt_long(count, arguments.data(), ":", known.data(), nullptr)) != -1;) {
    const std::string last = arguments[static_cast<size_t>(::optind) - 1];
    if (code == '?') return usage("unknown option `" + last + "`");
    if (code == ':') return usage("`" + last + "` needs a value");
    if (auto taken = take(parsed.options, code, ::optarg); !taken)
      return std::unexpected(taken.error());
  }
  parsed.operands.assign(arguments.begin() + ::optind, arguments.end() - 1);
  return parsed;
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
  auto parsed = parse(argc, argv, run_options());
  if (!parsed) return std::unexpected(parsed.error());
  Options& options = parsed->options;
  if (options.help) return options;
  if (!parsed->operands.empty())
    return usage("unexpected `" + parsed->operands[0] + "`: the command follows `--`");
  if (options.command.empty()) return usage("no command: tubthump run [options] -- COMMAND");
  if (options.images.empty())
    if (const char* images = std::getenv("TUBTHUMP_IMAGES")) options.images = images;
  if (auto checked = check_checkpoint(options); !checked) return std::unexpected(checked.error());
  return options;
}

Result<Options> parse_restore(int argc, char** argv) {
  auto parsed = parse(argc, argv, restore_options());
  if (!parsed) return std::unexpected(parsed.error());
  Options& options = parsed->options;
  if (options.help) return options;
  if (!options.images.empty()) parsed->operands.insert(parsed->operands.begin(), options.images);
  if (parsed->operands.size() != 1) return usage("restore takes one image directory");
  options.images = parsed->operands[0];
  return options;
}

}  // namespace tubthump::launcher
