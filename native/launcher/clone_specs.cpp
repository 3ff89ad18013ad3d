#include "launcher/clone_specs.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <climits>

#include "clone/namespaces.h"
#include "clone/network.h"
#include "clone/numbered.h"
#include "criu/find.h"
#include "restore/checked_image.h"

namespace tubthump::launcher {

namespace {

using clone::numbered;

/// The variables that options of `clone` stand for; src/runtime reads them in the copy.
std::vector<std::string> environment_of(const CloneBase& base, int number) {
  const CloneOptions& options = base.options;
  std::vector<std::string> environment;
  for (const std::string& entry : options.environment)
    environment.push_back(numbered(entry, number));
  if (base.first_port)
    environment.push_back("TUBTHUMP_LISTEN=" + std::to_string(base.first_port + number - 1));
  if (!options.listen.empty())
    environment.push_back("TUBTHUMP_LISTEN=" + numbered(options.listen, number));
  if (options.reuse_port) environment.emplace_back("TUBTHUMP_REUSE_PORT=1");
  return environment;
}

Result<UniqueFd> open_file(const std::string& path, int flags) {
  UniqueFd file(::open(path.c_str(), flags | O_CLOEXEC, 0666));
  if (!file) return fail_errno(ErrorCode::System, path);
  return file;
}

/// Not the terminal: several copies would take one another's input.
Result<void> set_stdio(const CloneOptions& options, int index, CloneSpec& made) {
  auto& stdio = made.spec.restore.stdio;
  if (options.control) {
    const int first = *options.control + 1 + 3 * index;
    for (int i = 0; i < 3; i++) {
      if (::fcntl(first + i, F_GETFD) < 0)
        return fail(ErrorCode::Usage, "--control: there is no descriptor " +
                                          std::to_string(first + i) + " for a copy");
      stdio[static_cast<size_t>(i)] = first + i;
      made.files.emplace_back(first + i);
    }
    return {};
  }
  auto input = open_file("/dev/null", O_RDONLY);
  if (!input) return std::unexpected(input.error());
  stdio = {input->get(), STDOUT_FILENO, STDERR_FILENO};
  made.files.push_back(std::move(*input));
  if (options.log.empty()) return {};
  auto log = open_file(numbered(options.log, options.first + index), O_WRONLY | O_CREAT | O_APPEND);
  if (!log) return std::unexpected(log.error());
  stdio[1] = stdio[2] = log->get();
  made.files.push_back(std::move(*log));
  return {};
}

/// What a copy is told of names and addresses, checked for the first and the last of them.
Result<void> set_names(const CloneOptions& options, int number, clone::Spec& spec) {
  spec.hostname = numbered(options.hostname, number);
  if (spec.hostname.size() > HOST_NAME_MAX)
    return fail(ErrorCode::Usage, "--hostname: `" + spec.hostname + "` is longer than " +
                                      std::to_string(HOST_NAME_MAX) + " characters");
  if (options.ip.empty()) return {};
  spec.address.bridge = options.bridge;
  return clone::set_address(spec.address, numbered(options.ip, number));
}

/// What has to be there already. Errors: Namespace.
Result<void> check_networks(const CloneOptions& options) {
  if (!options.network.empty() && ::access(options.network.c_str(), R_OK) < 0)
    return fail_errno(ErrorCode::Namespace, "network namespace " + options.network);
  const std::string bridge = "/sys/class/net/" + options.bridge + "/bridge";
  if (!options.bridge.empty() && ::access(bridge.c_str(), F_OK) < 0)
    return fail(ErrorCode::Namespace, "there is no bridge " + options.bridge);
  return {};
}

Result<std::vector<clone::Limit>> limits_of(const CloneOptions& options) {
  std::vector<clone::Limit> limits;
  for (const std::string& text : options.limits) {
    auto limit = clone::parse_limit(text);
    if (!limit) return std::unexpected(limit.error());
    limits.push_back(std::move(*limit));
  }
  return limits;
}

/// Last of all checks: from here on there is another process.
Result<clone::CgroupSweeper> sweep_cgroups(const CloneOptions& options) {
  if (options.cgroup.empty()) return clone::CgroupSweeper();
  std::vector<std::string> paths;
  for (int index = 0; index < options.count; index++) {
    paths.push_back(numbered(options.cgroup, options.first + index));
    if (auto fits = clone::check_cgroup(paths.back()); !fits) return std::unexpected(fits.error());
  }
  return clone::CgroupSweeper::start(paths);
}

}  // namespace

Result<CloneBase> prepare_clones(CloneOptions options) {
  CloneBase base;
  const int last = options.first + options.count - 1;
  if (auto added = clone::add_namespaces(base.common, options.own); !added)
    return std::unexpected(added.error());
  if (!options.ip.empty()) base.common.namespaces |= CLONE_NEWNET;
  if (!options.hostname.empty()) base.common.namespaces |= CLONE_NEWUTS;
  base.common.shared_network = options.network;
  if (!options.network.empty() && base.common.namespaces & CLONE_NEWNET)
    return fail(ErrorCode::Usage, "--net shares a network, --own net makes one: give one of them");
  if (!options.port.empty()) {
    auto port = clone::first_port(options.port, last);
    if (!port) return std::unexpected(port.error());
    base.first_port = *port;
  }
  auto limits = limits_of(options);
  if (!limits) return std::unexpected(limits.error());
  base.common.limits = std::move(*limits);
  for (int number : {options.first, last})
    if (auto set = set_names(options, number, base.common); !set)
      return std::unexpected(set.error());

  if (auto there = check_networks(options); !there) return std::unexpected(there.error());
  auto criu = criu::find(options.criu);
  if (!criu) return std::unexpected(criu.error());
  base.criu = *criu;
  auto plain = open_plain(options.images, options.public_key, options.key);
  if (!plain) return std::unexpected(plain.error());
  auto directory = restore::open_trusted(
      plain->path, plain->public_key,
      options.verify ? restore::ReadAll::Always : restore::ReadAll::IfOfOthers);
  if (!directory) return std::unexpected(directory.error());
  auto image = restore::open_image(std::move(*directory), options.images);
  if (!image) return std::unexpected(image.error());
  if (auto checked = restore::check_files(*image); !checked)
    return std::unexpected(checked.error());
  base.image = std::move(image->directory);
  base.decrypted.emplace(std::move(*plain));
  if (auto able = clone::check_capabilities(base.common); !able)
    return std::unexpected(able.error());
  auto cgroups = sweep_cgroups(options);
  if (!cgroups) return std::unexpected(cgroups.error());
  base.cgroups = std::move(*cgroups);
  base.options = std::move(options);
  return base;
}

Result<CloneSpec> make_spec(const CloneBase& base, int index) {
  const CloneOptions& options = base.options;
  const int number = options.first + index;
  CloneSpec made{.spec = base.common, .files = {}};
  restore::RestoreOptions& restore = made.spec.restore;
  if (auto set = set_stdio(options, index, made); !set) return std::unexpected(set.error());
  if (auto set = set_names(options, number, made.spec); !set) return std::unexpected(set.error());
  made.spec.cgroup = numbered(options.cgroup, number);
  made.spec.image = base.image.get();
  // It was read for all of them.
  restore.read_all = restore::ReadAll::Never;
  restore.images = "/proc/self/fd/" + std::to_string(base.image.get());
  restore.criu = base.criu;
  restore.paging = options.paging;
  restore.timeout = std::chrono::milliseconds(options.timeout_ms);
  restore.payload = restore::make_payload(environ, environment_of(base, number));
  restore.payload.number = number;
  restore.payload.log = numbered(options.log, number);
  restore.payload.strict = options.strict;
  for (const std::string& argument : options.arguments)
    restore.payload.args.push_back(numbered(argument, number));
  return made;
}

}  // namespace tubthump::launcher
