#include "launcher/restore_command.h"

#include <cstdio>

#include "launcher/help.h"
#include "launcher/parked.h"
#include "launcher/report.h"
#include "launcher/restore_service.h"
#include "launcher/supervise.h"

namespace tubthump::launcher {

int restore_command(int argc, char** argv) {
  auto options = parse_restore(argc, argv);
  if (!options) return report(options.error(), false);
  if (options->help) return std::fputs(kRestoreHelp, stdout) < 0;
  Supervisor supervisor;
  if (options->parked) return restore_parked(*options, supervisor);
  auto copy = restore_service(*options, options->command);
  if (!copy) return report(copy.error(), options->json);
  return supervisor.supervise(copy->pid, std::move(copy->channel));
}

}  // namespace tubthump::launcher
