#include "working_set/read_ahead.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <iterator>

#include "working_set/file.h"

namespace tubthump::working_set {

namespace {

/// A request costs the disk about as much as so many pages.
constexpr uint64_t kGap = 8 * kPageSize;

uint64_t end_of(const Run& run) { return run.offset + run.pages * kPageSize; }

UniqueFd open_same(int directory, const File& file) {
  UniqueFd fd(::openat(directory, file.name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info;
  if (!fd || ::fstat(fd.get(), &info) < 0 || !S_ISREG(info.st_mode) ||
      static_cast<uint64_t>(info.st_size) != file.size)
    return UniqueFd();
  return fd;
}

void request(int file, uint64_t offset, uint64_t size) {
  (void)::posix_fadvise(file, static_cast<off_t>(offset), static_cast<off_t>(size),
                        POSIX_FADV_WILLNEED);
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

void request_pages(int directory, const WorkingSet& set) {
  for (uint32_t index = 0; index < set.files.size(); index++) {
    const UniqueFd file = open_same(directory, set.files[index]);
    if (!file) continue;
    std::vector<Run> runs;
    std::ranges::copy_if(set.runs, std::back_inserter(runs),
                         [&](const Run& run) { return run.file == index; });
    for (const Run& run : coalesce(std::move(runs)))
      request(file.get(), run.offset, run.pages * kPageSize);
  }
}

ReadAhead::ReadAhead(int directory, const std::string& image_id, std::vector<std::string> whole)
    : state_(std::make_unique<State>()) {
  state_->directory.reset(::fcntl(directory, F_DUPFD_CLOEXEC, 0));
  known_ = state_->outcome.get_future();
  thread_ =
      std::jthread([state = state_.get(), known = known_, image_id, whole = std::move(whole)] {
        const int directory = state->directory.get();
        for (const std::string& name : whole) {
          UniqueFd file(::openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
          if (file) request(file.get(), 0, 0);  // A length of 0: up to the end.
        }
        state->outcome.set_value(read(directory, image_id));
        if (const auto& set = known.get(); set && *set) request_pages(directory, **set);
      });
}

const Result<std::optional<WorkingSet>>& ReadAhead::known() const { return known_.get(); }

Result<std::optional<WorkingSet>> ReadAhead::wait() {
  if (thread_.joinable()) thread_.join();
  return known();
}

}  // namespace tubthump::working_set
