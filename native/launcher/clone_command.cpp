#include "launcher/clone_command.h"

#include <cstdio>

#include "kdat/kdat.h"
#include "launcher/copies.h"
#include "launcher/report.h"

namespace tubthump::launcher {

int clone_command(int argc, char** argv) {
  auto options = parse_clone(argc, argv);
  if (!options) return report(options.error(), false);
  if (options->help) return std::fputs(kCloneHelp, stdout) < 0;
  const bool as_json = options->json || options->control;
  auto base = prepare_clones(std::move(*options));
  if (!base) return report(base.error(), as_json);
  // Once for all of them, or each would seed it.
  (void)kdat::ensure(base->criu);
  Copies copies(std::move(*base));
  return copies.run();
}

}  // namespace tubthump::launcher
