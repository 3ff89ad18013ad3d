#include "restore/restore.h"

#include <utility>

#include "restore/bring_back.h"

namespace tubthump::restore {

Result<Copy> restore_copy(const RestoreOptions& options) {
  auto restored = bring_back(options, true);
  if (!restored) return std::unexpected(restored.error());
  return std::move(restored->copy);
}

}  // namespace tubthump::restore
