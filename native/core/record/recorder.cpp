#include "record/recorder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "bake/bake.h"
#include "faults/resident.h"
#include "handover/channel.h"
#include "process/mappings.h"
#include "process/reap.h"
#include "process/tree.h"
#include "stream/userfaultfd.h"

namespace tubthump::record {

namespace {

using process::Mapping;
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
  if (mapping.inode != 0 && mapping.inode == heap.st_ino)
    return File{bake::kHeapFile, true, static_cast<uint64_t>(heap.st_size)};
  if (!is_lasting(mapping) || ::stat(mapping.path.c_str(), &info) < 0) return std::nullopt;
  if (info.st_ino != mapping.inode) return std::nullopt;
  return File{mapping.path, false, static_cast<uint64_t>(info.st_size)};
}

}  // namespace

Result<Recorder> Recorder::start(const restore::RestoreOptions& options) {
  restore::RestoreOptions untouched = options;
  untouched.prefault = false;
  const bool streamed = stream::check_userfaultfd().has_value();
  if (streamed) untouched.paging = restore::Paging::Asked;
  auto parked = restore::park_copy(untouched);
  if (!parked) return std::unexpected(parked.error());
  Recorder recorder(std::move(*parked));
  if (streamed) {
    const UniqueFd directory(::open(options.images.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
    auto lazy = stream::load_lazy_memory(directory.get(), recorder.parked_.manifest.pid);
    if (!lazy) return std::unexpected(lazy.error());
    recorder.lazy_ = std::move(*lazy);
  }
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
  if (!heap_ && !lazy_)
    return fail(ErrorCode::ImageInvalid,
                "the image has no heap that is mapped, and pages cannot be streamed here");
  auto threads = process::tasks_of(pid());
  if (!threads) return std::unexpected(threads.error());
  if (auto log = faults::FaultLog::open(*threads)) log_.emplace(std::move(*log));
  return heap_ ? watch_heap() : restore::wake_copy(parked_);
}

Result<void> Recorder::watch_heap() {
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

/// Nothing is there but what was asked for.
Result<std::vector<Page>> Recorder::streamed_pages(const Mapping& mapping, WorkingSet& set) const {
  std::vector<Page> pages;
  if (!lazy_ || lazy_->owed.chunks_in(mapping.start, mapping.end).empty()) return pages;
  auto resident = faults::resident_pages(pid(), mapping);
  if (!resident) return std::unexpected(resident.error());
  const uint32_t index = working_set::index_of(set.files, {lazy_->file, true, lazy_->size});
  for (const auto& page : *resident)
    for (const auto& chunk :
         lazy_->owed.chunks_in(page.address, page.address + working_set::kPageSize))
      pages.push_back({index, chunk.offset, chunk.address, false});
  return pages;
}

Result<WorkingSet> Recorder::finish() {
  struct stat heap {};
  if (heap_ && ::fstat(heap_.get(), &heap) < 0)
    return fail_errno(ErrorCode::System, "stat heap.img");
  const auto ranks = log_ ? log_->ranks() : decltype(log_->ranks()){};
  WorkingSet set{parked_.manifest.id, !ranks.empty(), {}, {}};
  std::vector<Page> image, others;
  for (const Mapping& mapping : process::mappings_of(pid())) {
    if (mapping.inode == 0) {
      auto streamed = streamed_pages(mapping, set);
      if (!streamed) return std::unexpected(streamed.error());
      image.insert(image.end(), streamed->begin(), streamed->end());
      continue;
    }
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
  // Pages without a rank: of what is streamed they were asked for before we looked, of the heap by
  // threads that were not seen.
  const auto rank_of = [&](const Page& page) {
    const auto found = ranks.find(page.address);
    if (found != ranks.end()) return found->second;
    return lazy_ && set.files[page.file].name == lazy_->file ? 0 : SIZE_MAX;
  };
  std::ranges::stable_sort(image, {}, rank_of);
  for (const Page& page : image) working_set::append(set.runs, page);
  for (const Page& page : others) working_set::append(set.runs, page);
  return set;
}

}  // namespace tubthump::record
