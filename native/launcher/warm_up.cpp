#include "launcher/warm_up.h"

#include <unistd.h>

#include "launcher/delegate.h"
#include "process/spawn.h"

namespace tubthump::launcher {

Result<pid_t> start_warm_up(const Options& options, pid_t service) {
  process::SpawnOptions command;
  command.argv = {own_path(),     "checkpoint", "--images",
                  options.images, "--pid",      std::to_string(service)};
  auto& argv = command.argv;
  for (const std::string& url : options.warm) argv.insert(argv.end(), {"--warm", url});
  if (!options.warm_requests.empty())
    argv.insert(argv.end(), {"--warm-requests", options.warm_requests});
  if (!options.until.empty()) argv.insert(argv.end(), {"--until", options.until});
  if (!options.criu.empty()) argv.insert(argv.end(), {"--criu", options.criu});
  if (!options.exit) argv.emplace_back("--leave-running");
  // The service's stdout is not for us to write to.
  command.fds = {{STDERR_FILENO, STDOUT_FILENO}};
  command.new_session = true;
  return process::spawn(command);
}

}  // namespace tubthump::launcher
