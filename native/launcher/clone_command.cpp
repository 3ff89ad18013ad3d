#include "launcher/clone_command.h"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "kdat/kdat.h"
#include "launcher/copies.h"
#include "launcher/report.h"

namespace tubthump::launcher {

using std::string_view_literals::operator""sv;

int clone_command(int argc, char** argv) {
  auto options = parse_clone(argc, argv);
  // Programs read what we say, whatever else is wrong with the command line.
  if (!options)
    return report(options.error(), std::find(argv, argv + argc, "--control"sv) != argv + argc);
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
