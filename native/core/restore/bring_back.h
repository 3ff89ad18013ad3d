// One restore through `criu swrk`, up to the moment at which the copy waits to be told who it is.
#pragma once

#include <optional>

#include "error/error.h"
#include "image/manifest.h"
#include "restore/restore.h"
#include "working_set/working_set.h"

namespace tubthump::restore {

/// What a restore leaves behind it.
struct Restored {
  Copy copy;
  image::Manifest manifest;
  std::optional<working_set::WorkingSet> touched;
};

/// `tell`: the copy finds its payload when it wakes, and goes on. Errors: see restore_copy.
Result<Restored> bring_back(const RestoreOptions& options, bool tell);

}  // namespace tubthump::restore
