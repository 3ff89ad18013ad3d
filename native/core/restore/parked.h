// Copies that are restored, and stopped until somebody needs them.
//
//   Result<ParkedCopy> parked = park_copy(options); // memory, threads, descriptors: all there
//   Result<void> awake = wake_copy(*parked);        // it learns who it is, and goes on
#pragma once

#include <array>
#include <chrono>
#include <span>

#include "error/error.h"
#include "image/manifest.h"
#include "restore/payload.h"
#include "restore/restore.h"

namespace tubthump::restore {

/// A copy that waits in its handover call: nothing of JavaScript has run in it, so it has no
/// identity, randomness or time of its own yet, and takes no processor.
struct ParkedCopy {
  Copy copy;
  image::Manifest manifest;
  Payload payload;
  std::array<int, 3> stdio;
  std::chrono::steady_clock::time_point since;
};

/// As restore_copy, but the copy does not go on. When our end of its channel closes, it ends by
/// itself.
Result<ParkedCopy> park_copy(const RestoreOptions& options);

/// Tells a parked copy who it is. `watch`: what native/core/handover takes behind stdio.
/// Errors: HandoverLost when it has ended.
Result<void> wake_copy(const ParkedCopy& parked, std::span<const int> watch = {});

}  // namespace tubthump::restore
