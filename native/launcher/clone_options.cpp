#include "launcher/clone_options.h"

namespace tubthump::launcher {

namespace {

constexpr int kMostCopies = 4096;

OptionRules rules_of_clone(CloneOptions& options, int& control) {
  OptionRules rules = rules_of(static_cast<CopyOptions&>(options));
  OptionRule count = number("count", options.count, 1, kMostCopies);
  count.letter = 'n';
  const OptionRules others{
      count,
      number("first", options.first, 1, 65'535),
      number("at-once", options.at_once, 1, kMostCopies),
      text("port", options.port),
      {"listen", true,
       [&options](const char* rule) {
         options.listen += (options.listen.empty() ? "" : ",") + std::string(rule);
         return Result<void>();
       }},
      flag("reuse-port", options.reuse_port),
      text("own", options.own),
      text("ip", options.ip),
      text("bridge", options.bridge),
      text("net", options.network),
      text("hostname", options.hostname),
      text("cgroup", options.cgroup),
      list("limit", options.limits),
      text("log", options.log),
      number("control", control, 3, 1 << 20),
  };
  rules.insert(rules.end(), others.begin(), others.end());
  return rules;
}

Result<void> check_together(const CloneOptions& options) {
  if (!options.port.empty() && !options.listen.empty())
    return usage("--port and --listen both say where to listen: give one of them");
  if (!options.port.empty() && options.reuse_port)
    return usage("--reuse-port is for one address, --port for one each: give one of them");
  if (!options.network.empty() && !options.ip.empty())
    return usage("--net shares a network, --ip makes one for each copy: give one of them");
  if (!options.bridge.empty() && options.ip.empty()) return usage("--bridge needs --ip");
  if (!options.limits.empty() && options.cgroup.empty()) return usage("--limit needs --cgroup");
  if (options.count > 1 && !options.ip.empty() && options.ip.find("{n}") == std::string::npos)
    return usage("--ip needs {n} for several copies: each has an address of its own");
  if (!options.log.empty() && options.control)
    return usage("--log and --control exclude each other");
  return {};
}

}  // namespace

Result<CloneOptions> parse_clone(int argc, char** argv) {
  CloneOptions options;
  int control = 0;
  auto words = parse_command_line(argc, argv, rules_of_clone(options, control));
  if (!words) return std::unexpected(words.error());
  if (options.help) return options;
  if (control) options.control = control;
  if (words->operands.size() != 1) return usage("clone takes one image directory");
  options.images = words->operands[0];
  options.arguments = std::move(words->rest);
  if (auto checked = check_together(options); !checked) return std::unexpected(checked.error());
  return options;
}

}  // namespace tubthump::launcher
