#include "working_set/read_ahead.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "working_set/file.h"
#include "working_set/paced_reader.h"

namespace tubthump::working_set {

namespace {

/// A request costs the disk about as much as so many pages.
constexpr uint64_t kGap = 8 * kPageSize;

/// To read so much at once takes no longer than the few hundred pages of it that a first answer
/// needs, one by one (docs/performance.md).
constexpr uint64_t kSmallHeap = 64 << 20;

uint64_t end_of(const Run& run) { return run.offset + run.pages * kPageSize; }

UniqueFd open_same(int directory, const File& file) {
  UniqueFd fd(::openat(directory, file.name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info;
  if (!fd || ::fstat(fd.get(), &info) < 0 || !S_ISREG(info.st_mode) ||
      static_cast<uint64_t>(info.st_size) != file.size)
    return UniqueFd();
  return fd;
}

UniqueFd open_in(int directory, const std::string& name) {
  return UniqueFd(::openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
}

/// By a sample of its data. Where the kernel does not tell (before Linux 6.5, or of files of
/// others): no. preadv2() with RWF_NOWAIT would start to read what is not there.
bool is_cached(int file, uint64_t size) {
  // linux/mman.h: struct cachestat_range, struct cachestat.
  constexpr long kCachestat = 451;
  struct {
    uint64_t offset, size;
  } range{0, kPageSize};
  struct {
    uint64_t cached, dirty, in_writeback, evicted, recently_evicted;
  } found{};
  constexpr uint64_t kSamples = 4;
  for (uint64_t i = 0; i < kSamples; i++) {
    const off_t data = ::lseek(file, static_cast<off_t>(size / kSamples * i), SEEK_DATA);
    if (data < 0) break;  // Nothing but a hole up to the end.
    range.offset = static_cast<uint64_t>(data);
    if (::syscall(kCachestat, file, &range, &found, 0) < 0 || found.cached == 0) return false;
  }
  return true;
}

void request(int file, uint64_t offset, uint64_t size) {
  (void)::posix_fadvise(file, static_cast<off_t>(offset), static_cast<off_t>(size),
                        POSIX_FADV_WILLNEED);
}

/// All of them, unless the largest is there already.
void request_files(int directory, const std::vector<image::ImageFile>& files,
                   const std::atomic<bool>& stopped) {
  const auto largest = std::ranges::max_element(files, {}, &image::ImageFile::size);
  if (largest == files.end()) return;
  if (const UniqueFd file = open_in(directory, largest->name);
      file && is_cached(file.get(), largest->size))
    return;
  for (const image::ImageFile& each : files)
    if (const UniqueFd file = open_in(directory, each.name))
      PacedReader(file.get(), stopped).request(0, each.size);
}

/// Its data, not its holes, which would take memory.
void request_heap(int directory, const image::MappedHeap& heap, const std::atomic<bool>& stopped) {
  const UniqueFd file = open_in(directory, heap.file);
  struct stat info;
  if (!file || ::fstat(file.get(), &info) < 0) return;
  const off_t size = info.st_size;
  if (is_cached(file.get(), static_cast<uint64_t>(size))) return;
  PacedReader reader(file.get(), stopped);
  for (off_t hole, data = 0; data < size; data = hole) {
    data = ::lseek(file.get(), data, SEEK_DATA);
    if (data < 0) return;
    hole = ::lseek(file.get(), data, SEEK_HOLE);
    if (!reader.request(static_cast<uint64_t>(data), static_cast<uint64_t>(hole - data))) return;
  }
}

}  // namespace

std::vector<Run> coalesce(std::vector<Run> runs) {
  std::ranges::sort(runs, {}, &Run::offset);
  std::vector<Run> merged;
  for (const Run& run : runs) {
    if (merged.empty() || run.offset > end_of(merged.back()) + kGap) {
      merged.push_back(run);
      continue;
    }
    Run& last = merged.back();
    const uint64_t end = std::max(end_of(last), end_of(run));
    last.pages = static_cast<uint32_t>((end - last.offset) / kPageSize);
  }
  return merged;
}

void request_pages(int directory, const WorkingSet& set, const std::atomic<bool>& stopped) {
  for (uint32_t index = 0; index < set.files.size(); index++) {
    const UniqueFd file = open_same(directory, set.files[index]);
    if (!file) continue;
    std::vector<Run> runs;
    std::ranges::copy_if(set.runs, std::back_inserter(runs),
                         [&](const Run& run) { return run.file == index; });
    for (const Run& run : coalesce(std::move(runs))) {
      if (stopped) return;
      request(file.get(), run.offset, run.pages * kPageSize);
    }
  }
}

ReadAhead::ReadAhead(int directory, const std::string& image_id, Whole whole)
    : state_(std::make_shared<State>()) {
  state_->directory.reset(::fcntl(directory, F_DUPFD_CLOEXEC, 0));
  known_ = state_->outcome.get_future();
  thread_ = std::thread([state = state_, known = known_, image_id, whole = std::move(whole)] {
    const int directory = state->directory.get();
    state->outcome.set_value(read(directory, image_id));
    request_files(directory, whole.first, state->stopped);
    const auto& set = known.get();
    if (set && *set)
      request_pages(directory, **set, state->stopped);
    else if (!whole.heap.file.empty() && whole.heap.bytes <= kSmallHeap)
      request_heap(directory, whole.heap, state->stopped);
  });
}

ReadAhead::~ReadAhead() {
  if (!goes_on_) state_->stopped = true;
  if (thread_.joinable()) thread_.detach();
}

const Result<std::optional<WorkingSet>>& ReadAhead::known() const { return known_.get(); }

Result<std::optional<WorkingSet>> ReadAhead::wait() {
  if (thread_.joinable()) thread_.join();
  return known();
}

}  // namespace tubthump::working_set
