#include "launcher/run_command.h"

#include <unistd.h>

#include <cstdio>
#include <optional>

#include "image/manifest.h"
#include "launcher/help.h"
#include "launcher/plan.h"
#include "launcher/report.h"
#include "launcher/restore_service.h"
#include "launcher/start_service.h"
#include "launcher/supervise.h"
#include "launcher/warm_up.h"

namespace tubthump::launcher {

namespace {

bool has_image(const std::string& directory) {
  return !directory.empty() &&
         ::access((directory + "/" + image::kManifestName).c_str(), F_OK) == 0;
}

}  // namespace

int run_command(int argc, char** argv) {
  auto options = parse_run(argc, argv);
  if (!options) return report(options.error(), false);
  if (options->help) return std::fputs(kRunHelp, stdout) < 0;
  Supervisor supervisor;
  std::optional<Error> fallback;
  if (has_image(options->images)) {
    auto copy = restore_service(*options, {});
    if (copy) return supervisor.supervise(copy->pid, std::move(copy->channel));
    if (!options->fallback) return report(copy.error(), options->json);
    report_fallback(copy.error());
    fallback = std::move(copy.error());
  }
  auto service = start_service(
      {options->command, options->environment, supervisor.before(), make_plan(*options, fallback)});
  if (!service) return report(service.error(), options->json);
  // Without its warm-up the service serves all the same.
  if (options->checkpoint == "warm")
    if (auto warming = start_warm_up(*options, service->pid); !warming)
      report(warming.error(), options->json);
  if (options->exit) supervisor.expect_dump();
  return supervisor.supervise(service->pid, std::move(service->channel));
}

}  // namespace tubthump::launcher
