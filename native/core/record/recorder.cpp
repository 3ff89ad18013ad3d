#include "record/recorder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "bake/bake.h"
#include "faults/mappings.h"
#include "faults/resident.h"
#include "handover/channel.h"
#include "process/reap.h"
#include "process/tree.h"

namespace tubthump::record {

namespace {

using faults::Mapping;
using working_set::File;
using working_set::Page;
using working_set::WorkingSet;

constexpr std::chrono::seconds kAnswer{10};

/// A mapped file that the next restore will find again.
bool is_lasting(const Mapping& mapping) {
  return mapping.inode != 0 && !mapping.shared && mapping.path.starts_with('/') &&
         !mapping.path.starts_with("/dev/") && !mapping.path.ends_with(" (deleted)");
}

std::optional<File> file_of(const Mapping& mapping, const struct stat& heap) {
  struct stat info;
  if (mapping.inode == heap.st_ino)
    return File{bake::kHeapFile, true, static_cast<uint64_t>(heap.st_size)};
  if (!is_lasting(mapping) || ::stat(mapping.path.c_str(), &info) < 0) return std::nullopt;
  if (info.st_ino != mapping.inode) return std::nullopt;
  return File{mapping.path, false, static_cast<uint64_t>(info.st_size)};
}

}  // namespace

Result<Recorder> Recorder::start(const restore::RestoreOptions& options) {
  restore::RestoreOptions untouched = options;
  untouched.prefault = false;
  auto parked = restore::park_copy(untouched);
  if (!parked) return std::unexpected(parked.error());
  Recorder recorder(std::move(*parked));
  if (auto watched = recorder.watch(options.images); !watched)
    return std::unexpected(watched.error());
  return recorder;
}

Recorder::~Recorder() {
  if (!parked_.copy.channel) return;  // Moved from.
  process::kill_and_reap(pid());
}

Result<void> Recorder::watch(const std::string& images) {
  const std::string path = images + "/" + bake::kHeapFile;
  heap_.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!heap_)
    return fail(ErrorCode::ImageInvalid, "the image has no heap that is mapped (engine eager)");
  auto threads = process::tasks_of(pid());
  if (!threads) return std::unexpected(threads.error());
  if (auto log = faults::FaultLog::open(*threads)) log_.emplace(std::move(*log));
  auto socket = handover::open_channel();
  if (!socket) return std::unexpected(socket.error());
  const std::array<int, 2> watch{socket->theirs.get(), heap_.get()};
  if (auto awake = restore::wake_copy(parked_, watch); !awake) return awake;
  socket->theirs.reset();
  auto answer = handover::receive_frame(socket->ours.get(), Deadline::after(kAnswer));
  if (!answer) return std::unexpected(answer.error());
  if (answer->fds.empty())
    return fail(ErrorCode::System,
                "cannot tell touched pages from their neighbours: " + answer->json);
  faults_ = std::move(answer->fds[0]);
  return {};
}

Result<WorkingSet> Recorder::finish() {
  struct stat heap;
  if (::fstat(heap_.get(), &heap) < 0) return fail_errno(ErrorCode::System, "stat heap.img");
  const auto ranks = log_ ? log_->ranks() : decltype(log_->ranks()){};
  // Pages without a rank, of threads that were not seen, come last.
  const auto rank_of = [&](const Page& page) {
    const auto found = ranks.find(page.address);
    return found == ranks.end() ? SIZE_MAX : found->second;
  };

  WorkingSet set{parked_.manifest.id, !ranks.empty(), {}, {}};
  std::vector<Page> image, others;
  for (const Mapping& mapping : faults::mappings_of(pid())) {
    auto file = file_of(mapping, heap);
    if (!file) continue;
    auto resident = faults::resident_pages(pid(), mapping);
    if (!resident) return std::unexpected(resident.error());
    const bool in_image = file->in_image;
    const uint32_t index = working_set::index_of(set.files, *file);
    for (const auto& page : *resident)
      (in_image ? image : others)
          .push_back(
              {index, mapping.offset + (page.address - mapping.start), page.address, page.copied});
  }
  if (image.empty())
    return fail(ErrorCode::System, "the copy ended before its working set was recorded");
  std::ranges::stable_sort(image, {}, rank_of);
  for (const Page& page : image) working_set::append(set.runs, page);
  for (const Page& page : others) working_set::append(set.runs, page);
  return set;
}

}  // namespace tubthump::record
