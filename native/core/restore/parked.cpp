#include "restore/parked.h"

#include <utility>
#include <vector>

#include "handover/channel.h"
#include "restore/bring_back.h"
#include "restore/prefault.h"

namespace tubthump::restore {

namespace {

/// For the pages of a large working set, from a slow disk.
constexpr std::chrono::seconds kPrefault{30};

/// Lets a parked copy do it while nobody waits for it. One that ends meanwhile is for the caller to
/// find.
void prefault(const ParkedCopy& parked, const std::optional<working_set::WorkingSet>& touched) {
  const UniqueFd list = prefault_list(touched);
  if (!list) return;
  const std::array<int, 1> fds{list.get()};
  const Deadline deadline = Deadline::after(kPrefault);
  if (handover::send_frame(parked.copy.channel.get(), "", fds, deadline))
    (void)handover::receive_frame(parked.copy.channel.get(), deadline);
}

}  // namespace

Result<ParkedCopy> park_copy(const RestoreOptions& options) {
  auto restored = bring_back(options, false);
  if (!restored) return std::unexpected(restored.error());
  ParkedCopy parked{std::move(restored->copy), std::move(restored->manifest), options.payload,
                    options.stdio, std::chrono::steady_clock::now()};
  if (options.prefault) prefault(parked, restored->touched);
  return parked;
}

Result<void> wake_copy(const ParkedCopy& parked, std::span<const int> watch) {
  std::vector<int> descriptors(parked.stdio.begin(), parked.stdio.end());
  descriptors.insert(descriptors.end(), watch.begin(), watch.end());
  const auto waited = std::chrono::steady_clock::now() - parked.since;
  return handover::send_frame(
      parked.copy.channel.get(),
      encode_payload(parked.payload, parked.manifest,
                     std::chrono::duration_cast<std::chrono::milliseconds>(waited)),
      descriptors, Deadline::never());
}

}  // namespace tubthump::restore
