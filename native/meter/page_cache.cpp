#include "meter/page_cache.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "os/unique_fd.h"

namespace tubthump::meter {

namespace {

namespace fs = std::filesystem;

/// The kernel may keep a page that somebody looks at just now.
constexpr double kTolerated = 0.01;

struct Pages {
  size_t resident = 0;
  size_t all = 0;
};

Result<Pages> pages_of(const fs::path& file, size_t size) {
  UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return fail_errno(ErrorCode::System, file.native());
  void* start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd.get(), 0);
  if (start == MAP_FAILED) return fail_errno(ErrorCode::System, "map " + file.native());
  const auto page = static_cast<size_t>(::sysconf(_SC_PAGESIZE));
  std::vector<unsigned char> state((size + page - 1) / page);
  const int failed = ::mincore(start, size, state.data());
  ::munmap(start, size);
  if (failed) return fail_errno(ErrorCode::System, "mincore");
  const auto resident = std::ranges::count_if(state, [](unsigned char one) { return one & 1; });
  return Pages{static_cast<size_t>(resident), state.size()};
}

template <class Visit>
Result<void> each_file(const std::string& directory, Visit visit) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->is_regular_file(error) || entry->file_size(error) == 0) continue;
    if (auto done = visit(entry->path(), entry->file_size(error)); !done) return done;
  }
  if (error) return fail_errno(ErrorCode::System, directory, error.value());
  return {};
}

}  // namespace

Result<double> resident_share(const std::string& directory) {
  Pages sum;
  auto counted = each_file(directory, [&](const fs::path& file, size_t size) -> Result<void> {
    auto pages = pages_of(file, size);
    if (!pages) return std::unexpected(pages.error());
    sum.resident += pages->resident;
    sum.all += pages->all;
    return {};
  });
  if (!counted) return std::unexpected(counted.error());
  return sum.all == 0 ? 0 : static_cast<double>(sum.resident) / static_cast<double>(sum.all);
}

Result<void> evict(const std::string& directory) {
  auto dropped = each_file(directory, [](const fs::path& file, size_t) -> Result<void> {
    UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return fail_errno(ErrorCode::System, file.native());
    ::fsync(fd.get());  // A page that is not written yet cannot be dropped.
    const int error = ::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_DONTNEED);
    if (error) return fail_errno(ErrorCode::System, "evict " + file.native(), error);
    return {};
  });
  if (!dropped) return dropped;
  auto left = resident_share(directory);
  if (!left) return std::unexpected(left.error());
  if (*left <= kTolerated) return {};
  return fail(ErrorCode::System,
              directory + " stays in memory: on a tmpfs, or mapped by another process");
}

Result<void> drop_all() {
  ::sync();
  UniqueFd file(::open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC));
  if (!file || ::write(file.get(), "3", 1) != 1)
    return fail_errno(ErrorCode::System, "/proc/sys/vm/drop_caches");
  return {};
}

}  // namespace tubthump::meter
