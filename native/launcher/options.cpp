#include "launcher/options.h"

#include <getopt.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>

namespace tubthump::launcher {

const char* const kRunHelp =
    R"(Usage: tubthump run [options] -- COMMAND [ARGUMENT...]

Restores the service from an image if there is one that fits, otherwise starts COMMAND so that it
can be checkpointed.

  --images DIR       the image (default: TUBTHUMP_IMAGES)
  --criu PATH        the CRIU binary (default: TUBTHUMP_CRIU, then what `tubthump setup` chose)
  --env NAME=VALUE   set in the service's environment; may repeat
  --policy FILE      rules for what is open at a checkpoint (default: TUBTHUMP_POLICY)
  --explain          remember who opens files, for refusals to name them
  --no-fallback      fail when the restore fails, instead of starting COMMAND
  --strict           end the copy when one of its hooks fails after the restore
  --timeout SECONDS  limit for the restore (default: 60)
  --json             errors as JSON on stderr
  --help
)";

const char* const kRestoreHelp =
    R"(Usage: tubthump restore [options] DIR [-- ARGUMENT...]

Restores the service from the image DIR. It runs as a child with our stdin, stdout and stderr, gets
our signals, and its exit status becomes ours. ARGUMENTs replace those of the service.

  --criu PATH        the CRIU binary (default: TUBTHUMP_CRIU, then what `tubthump setup` chose)
  --env NAME=VALUE   set in the service's environment; may repeat
  --listen ADDRESS   PORT, HOST:PORT or PATH to listen on, or OLD=NEW; may repeat
  --user USER        name or number
  --group GROUP      name or number
  --cwd DIR          working directory
  --umask MASK       in octal
  --title TEXT       what ps(1) shows
  --strict           end the copy when one of its hooks fails after the restore
  --timeout SECONDS  limit for the restore (default: 60)
  --json             errors as JSON on stderr
  --help
)";

namespace {

enum Option {
  kImages = 256,
  kCriu,
  kEnv,
  kPolicy,
  kExplain,
  kNoFallback,
  kStrict,
  kTimeout,
  kJson,
  kHelp
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

constexpr option kOptions[] = {
    {"images", required_argument, nullptr, kImages},
    {"criu", required_argument, nullptr, kCriu},
    {"env", required_argument, nullptr, kEnv},
    {"policy", required_argument, nullptr, kPolicy},
    {"explain", no_argument, nullptr, kExplain},
    {"no-fallback", no_argument, nullptr, kNoFallback},
    {"strict", no_argument, nullptr, kStrict},
    {"timeout", required_argument, nullptr, kTimeout},
    {"json", no_argument, nullptr, kJson},
    {"help", no_argument, nullptr, kHelp},
    {},
};

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
    case kPolicy:
      // Read at the first checkpoint, when the service may have changed its directory.
      options.environment.push_back("TUBTHUMP_POLICY=" + std::filesystem::absolute(value).string());
      return {};
    case kExplain:
      options.environment.emplace_back("TUBTHUMP_EXPLAIN=1");
      return {};
    case kNoFallback:
      options.fallback = false;
      return {};
    case kStrict:
      options.strict = true;
      return {};
    case kJson:
      options.json = true;
      return {};
    case kHelp:
      options.help = true;
      return {};
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

enum class Settings { kNone, kTaken };

Result<Parsed> parse(int argc, char** argv, Settings settings) {
  std::vector<option> known(std::begin(kOptions), std::end(kOptions) - 1);
  if (settings == Settings::kTaken)
    for (int code = kFirstSetting; const Setting& setting : kSettings)
      known.push_back({setting.option, required_argument, nullptr, code++});
  known.push_back({});
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

}  // namespace

Result<Options> parse_run(int argc, char** argv) {
  auto parsed = parse(argc, argv, Settings::kNone);
  if (!parsed) return std::unexpected(parsed.error());
  Options& options = parsed->options;
  if (options.help) return options;
  if (!parsed->operands.empty())
    return usage("unexpected `" + parsed->operands[0] + "`: the command follows `--`");
  if (options.command.empty()) return usage("no command: tubthump run [options] -- COMMAND");
  if (options.images.empty())
    if (const char* images = std::getenv("TUBTHUMP_IMAGES")) options.images = images;
  return options;
}

Result<Options> parse_restore(int argc, char** argv) {
  auto parsed = parse(argc, argv, Settings::kTaken);
  if (!parsed) return std::unexpected(parsed.error());
  Options& options = parsed->options;
  if (options.help) return options;
  if (!options.images.empty()) parsed->operands.insert(parsed->operands.begin(), options.images);
  if (parsed->operands.size() != 1) return usage("restore takes one image directory");
  options.images = parsed->operands[0];
  return options;
}

}  // namespace tubthump::launcher
