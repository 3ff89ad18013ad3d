#include "restore/prefault.h"

#include <utility>
#include <vector>

#include "faults/prefault.h"

namespace tubthump::restore {

UniqueFd prefault_list(const std::optional<working_set::WorkingSet>& touched) {
  if (!touched) return UniqueFd();
  std::vector<faults::Stretch> stretches;
  for (const working_set::Run& run : touched->runs) {
    // Whoever brings these pages brings them without being asked.
    if (touched->files[run.file].name.starts_with("pages-")) continue;
    stretches.push_back({run.address, run.pages, run.written && touched->files[run.file].in_image});
  }
  auto list = faults::share(stretches);
  return list ? std::move(*list) : UniqueFd();
}

}  // namespace tubthump::restore
