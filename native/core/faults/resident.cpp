#include "faults/resident.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

#include "os/unique_fd.h"

namespace tubthump::faults {

namespace {

constexpr uint64_t kPage = 4096;
constexpr uint64_t kPresent = uint64_t{1} << 63;
constexpr uint64_t kSwapped = uint64_t{1} << 62;
constexpr uint64_t kOfFile = uint64_t{1} << 61;  // Or shared memory.

}  // namespace

Result<std::vector<ResidentPage>> resident_pages(pid_t pid, const process::Mapping& mapping) {
  const std::string path = "/proc/" + std::to_string(pid) + "/pagemap";
  UniqueFd pagemap(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!pagemap) return fail_errno(ErrorCode::System, path);
  std::vector<ResidentPage> pages;
  std::array<uint64_t, 4096> entries;
  for (uint64_t address = mapping.start; address < mapping.end;) {
    const size_t count = std::min<size_t>(entries.size(), (mapping.end - address) / kPage);
    const auto at = static_cast<off_t>(address / kPage * sizeof(uint64_t));
    const ssize_t got = ::pread(pagemap.get(), entries.data(), count * sizeof(uint64_t), at);
    if (got <= 0) return fail_errno(ErrorCode::System, "read " + path);
    for (size_t i = 0; i < static_cast<size_t>(got) / sizeof(uint64_t); i++, address += kPage)
      if (entries[i] & (kPresent | kSwapped)) pages.push_back({address, !(entries[i] & kOfFile)});
  }
  return pages;
}

}  // namespace tubthump::faults
