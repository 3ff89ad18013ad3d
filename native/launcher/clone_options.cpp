#include "launcher/clone_options.h"

#include <getopt.h>

#include <charconv>
#include <cstring>

namespace tubthump::launcher {

namespace {

constexpr int kMostCopies = 4096;

enum Option {
  kCount = 'n',
  kPort = 256,
  kListen,
  kReusePort,
  kOwn,
  kIp,
  kBridge,
  kNet,
  kHostname,
  kEnv,
  kLog,
  kAtOnce,
  kFirst,
  kCriu,
  kRequireSignature,
  kStrict,
  kTimeout,
  kControl,
  kJson,
  kHelp,
};

constexpr option kKnown[] = {
    {"count", required_argument, nullptr, kCount},
    {"port", required_argument, nullptr, kPort},
    {"listen", required_argument, nullptr, kListen},
    {"reuse-port", no_argument, nullptr, kReusePort},
    {"own", required_argument, nullptr, kOwn},
    {"ip", required_argument, nullptr, kIp},
    {"bridge", required_argument, nullptr, kBridge},
    {"net", required_argument, nullptr, kNet},
    {"hostname", required_argument, nullptr, kHostname},
    {"env", required_argument, nullptr, kEnv},
    {"log", required_argument, nullptr, kLog},
    {"first", required_argument, nullptr, kFirst},
    {"at-once", required_argument, nullptr, kAtOnce},
    {"criu", required_argument, nullptr, kCriu},
    {"require-signature", required_argument, nullptr, kRequireSignature},
    {"strict", no_argument, nullptr, kStrict},
    {"timeout", required_argument, nullptr, kTimeout},
    {"control", required_argument, nullptr, kControl},
    {"json", no_argument, nullptr, kJson},
    {"help", no_argument, nullptr, kHelp},
    {},
};

std::unexpected<Error> usage(const std::string& message) { return fail(ErrorCode::Usage, message); }

/// A whole number between two limits, or an error that names the option and what it takes.
Result<int> number(const char* option, const char* text, int least, int most) {
  int value = 0;
  const char* end = text + std::strlen(text);
  auto [stop, error] = std::from_chars(text, end, value);
  if (error == std::errc() && stop == end && value >= least && value <= most) return value;
  return usage(std::string(option) + " takes " + std::to_string(least) + " to " +
               std::to_string(most) + ", not `" + text + "`");
}

Result<void> put(int& target, Result<int> value, int factor = 1) {
  if (!value) return std::unexpected(value.error());
  target = *value * factor;
  return {};
}

Result<void> take(CloneOptions& options, int code, const char* value) {
  switch (code) {
    case kCount:
      return put(options.count, number("--count", value, 1, kMostCopies));
    case kAtOnce:
      return put(options.at_once, number("--at-once", value, 1, kMostCopies));
    case kFirst:
      return put(options.first, number("--first", value, 1, 65'535));
    case kTimeout:
      return put(options.timeout_ms, number("--timeout", value, 1, 86'400), 1000);
    case kControl:
      return put(options.control.emplace(), number("--control", value, 3, 1 << 20));
    case kListen:
      options.listen += (options.listen.empty() ? "" : ",") + std::string(value);
      return {};
    case kEnv:
      if (!std::strchr(value, '=') || *value == '=')
        return usage("--env takes NAME=VALUE, not `" + std::string(value) + "`");
      options.environment.emplace_back(value);
      return {};
    default:
      break;
  }
  bool& flag = code == kReusePort ? options.reuse_port
               : code == kStrict  ? options.strict
               : code == kJson    ? options.json
                                  : options.help;
  if (!value) {
    flag = true;
    return {};
  }
  std::string& text = code == kPort               ? options.port
                      : code == kOwn              ? options.own
                      : code == kIp               ? options.ip
                      : code == kBridge           ? options.bridge
                      : code == kNet              ? options.network
                      : code == kHostname         ? options.hostname
                      : code == kLog              ? options.log
                      : code == kRequireSignature ? options.public_key
                                                  : options.criu;
  if (!*value) return usage("an option has an empty value");
  text = value;
  return {};
}

Result<void> check_together(const CloneOptions& options) {
  if (!options.port.empty() && !options.listen.empty())
    return usage("--port and --listen both say where to listen: give one of them");
  if (!options.port.empty() && options.reuse_port)
    return usage("--reuse-port is for one address, --port for one each: give one of them");
  if (!options.network.empty() && !options.ip.empty())
    return usage("--net shares a network, --ip makes one for each copy: give one of them");
  if (!options.bridge.empty() && options.ip.empty()) return usage("--bridge needs --ip");
  if (options.count > 1 && !options.ip.empty() && options.ip.find("{n}") == std::string::npos)
    return usage("--ip needs {n} for several copies: each has an address of its own");
  if (!options.log.empty() && options.control)
    return usage("--log and --control exclude each other");
  return {};
}

}  // namespace

Result<CloneOptions> parse_clone(int argc, char** argv) {
  CloneOptions options;
  // Everything behind `--` is the service's own; getopt must not see it.
  int mine = 0;
  while (mine < argc && std::strcmp(argv[mine], "--") != 0) mine++;
  for (int i = mine + 1; i < argc; i++) options.arguments.emplace_back(argv[i]);

  std::vector<char*> arguments{const_cast<char*>("tubthump")};
  arguments.insert(arguments.end(), argv, argv + mine);
  arguments.push_back(nullptr);
  ::optind = 0;
  ::opterr = 0;
  const int count = static_cast<int>(arguments.size()) - 1;
  for (int code; (code = ::getopt_long(count, arguments.data(), ":n:", kKnown, nullptr)) != -1;) {
    const std::string last = arguments[static_cast<size_t>(::optind) - 1];
    if (code == '?') return usage("unknown option `" + last + "`");
    if (code == ':') return usage("`" + last + "` needs a value");
    if (auto taken = take(options, code, ::optarg); !taken) return std::unexpected(taken.error());
  }
  if (options.help) return options;
  if (count - ::optind != 1) return usage("clone takes one image directory");
  options.images = arguments[static_cast<size_t>(::optind)];
  if (auto checked = check_together(options); !checked) return std::unexpected(checked.error());
  return options;
}

}  // namespace tubthump::launcher
