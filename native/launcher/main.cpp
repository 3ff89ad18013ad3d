// The `tubthump` executable: run, restore, clone natively; every other command is the TypeScript
// CLI's. A Node start-up costs as much as four restores, so none happens on those paths.
#include <cstdlib>
#include <string_view>

#include "dump/agent.h"
#include "launcher/clone_command.h"
#include "launcher/decrypt_agent.h"
#include "launcher/delegate.h"
#include "launcher/encrypt_command.h"
#include "launcher/probe_target.h"
#include "launcher/restore_command.h"
#include "launcher/run_command.h"
#include "launcher/working_set_agent.h"
#include "stream/page_server.h"

int main(int argc, char** argv) {
  using namespace tubthump;
  const std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "run") return launcher::run_command(argc - 2, argv + 2);
  if (command == "restore") return launcher::restore_command(argc - 2, argv + 2);
  if (command == "clone") return launcher::clone_command(argc - 2, argv + 2);
  if (command == "encrypt") return launcher::encrypt_command(argc - 2, argv + 2);
  if (command == "decrypt") return launcher::decrypt_command(argc - 2, argv + 2);
  if (command == "decrypt-agent") return launcher::decrypt_agent(argc - 2, argv + 2);
  if (command == "dump-agent" && argc == 3) return dump::dump_agent(std::atoi(argv[2]));
  if (command == "page-server" && argc == 3) return stream::page_server(argv[2]);
  if (command == "working-set-agent") return launcher::working_set_agent(argc - 2, argv + 2);
  if (command == "probe-target") return probe_target_main();
  return launcher::delegate_to_cli(argv);
}
