#include "bake/heap_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "os/unique_fd.h"

namespace tubthump::bake {

namespace {

using criu_image::kPageSize;
using criu_image::PageRun;

constexpr uint64_t kWriteEvery = 32 << 20;

Result<UniqueFd> create(int directory, const std::string& name) {
  UniqueFd file(::openat(directory, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return fail_errno(ErrorCode::ImagePublish, name);
  return file;
}

/// Inside the kernel, without a buffer of ours.
Result<void> copy(int from, uint64_t from_offset, int to, uint64_t to_offset, uint64_t size) {
  auto source = static_cast<off64_t>(from_offset);
  auto target = static_cast<off64_t>(to_offset);
  while (size > 0) {
    const ssize_t done = ::copy_file_range(from, &source, to, &target, size, 0);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return fail_errno(ErrorCode::ImagePublish, "copy pages");
    if (done == 0) return fail(ErrorCode::ImageInvalid, "the pages file is cut short");
    size -= static_cast<uint64_t>(done);
  }
  return {};
}

/// What a stretch was mapped from; holes stay holes.
Result<void> copy_data(int before, const Stretch& stretch, int heap) {
  if (stretch.before < 0) return {};
  const off_t end = stretch.before + static_cast<off_t>(stretch.end - stretch.start);
  for (off_t hole, data = stretch.before; data < end; data = hole) {
    data = ::lseek(before, data, SEEK_DATA);
    if (data < 0 && errno == ENXIO) return {};  // Nothing but a hole up to the end.
    if (data < 0) return fail_errno(ErrorCode::ImagePublish, "find data of the mapped heap");
    hole = std::min(::lseek(before, data, SEEK_HOLE), end);
    if (data >= end) return {};
    auto done = copy(before, static_cast<uint64_t>(data), heap,
                     stretch.offset + static_cast<uint64_t>(data - stretch.before),
                     static_cast<uint64_t>(hole - data));
    if (!done) return done;
  }
  return {};
}

/// Calls `heap(run, stretch)` and `rest(run)` for the parts of `run`, in order of address.
template <class Heap, class Rest>
Result<void> divide(PageRun run, const std::vector<Stretch>& stretches, const Heap& heap,
                    const Rest& rest) {
  auto stretch = std::ranges::upper_bound(stretches, run.address, {}, &Stretch::end);
  while (run.pages > 0) {
    const bool inside = stretch != stretches.end() && run.address >= stretch->start;
    const uint64_t border = stretch == stretches.end() ? run.end()
                            : inside                   ? stretch->end
                                                       : stretch->start;
    PageRun part = run;
    part.pages = (std::min(run.end(), border) - run.address) / kPageSize;
    auto done = inside ? heap(part, *stretch) : rest(part);
    if (!done) return done;
    run.address += part.pages * kPageSize;
    run.pages -= part.pages;
    if (inside && run.address == stretch->end) ++stretch;
  }
  return {};
}

}  // namespace

std::vector<Stretch> lay_out(const std::vector<criu_image::Vma>& vmas) {
  std::vector<Stretch> stretches;
  uint64_t offset = 0;
  for (const criu_image::Vma& vma : vmas) {
    const bool mapped = vma.status & criu_image::vma_status::kFilePrivate;
    stretches.push_back(
        {vma.start, vma.end, offset, mapped ? static_cast<int64_t>(vma.file_offset) : -1});
    offset += vma.end - vma.start;
  }
  return stretches;
}

Result<Moved> move_pages(int directory, const criu_image::Pagemap& pagemap,
                         const std::vector<Stretch>& stretches, int before,
                         const std::string& heap_name, const std::string& rest_name) {
  const std::string name = "pages-" + std::to_string(pagemap.pages_id) + ".img";
  UniqueFd pages(::openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!pages) return fail_errno(ErrorCode::ImageInvalid, name);
  auto heap = create(directory, heap_name);
  if (!heap) return std::unexpected(heap.error());
  auto rest = create(directory, rest_name);
  if (!rest) return std::unexpected(rest.error());

  for (const Stretch& stretch : stretches)
    if (auto done = copy_data(before, stretch, heap->get()); !done)
      return std::unexpected(done.error());

  Moved moved;
  moved.rest.pages_id = pagemap.pages_id;
  uint64_t read = 0, kept = 0;
  uint64_t started = 0;
  const auto to_heap = [&](const PageRun& part, const Stretch& stretch) {
    const uint64_t size = part.pages * kPageSize;
    auto done =
        copy(pages.get(), read, heap->get(), stretch.offset + (part.address - stretch.start), size);
    read += size;
    moved.bytes += size;
    // The disk writes while we copy on: fsync(2) has less to wait for.
    if (moved.bytes - started >= kWriteEvery) {
      (void)::sync_file_range(heap->get(), 0, 0, SYNC_FILE_RANGE_WRITE);
      started = moved.bytes;
    }
    return done;
  };
  const auto to_rest = [&](const PageRun& part) {
    const uint64_t size = part.pages * kPageSize;
    auto done = copy(pages.get(), read, rest->get(), kept, size);
    read += size;
    kept += size;
    moved.rest.runs.push_back(part);
    return done;
  };
  for (const PageRun& run : pagemap.runs)
    if (auto done = divide(run, stretches, to_heap, to_rest); !done)
      return std::unexpected(done.error());

  // A mapping must not reach past the end: the last pages may be holes.
  const uint64_t size =
      stretches.empty() ? 0
                        : stretches.back().offset + stretches.back().end - stretches.back().start;
  if (::ftruncate(heap->get(), static_cast<off_t>(size)) < 0)
    return fail_errno(ErrorCode::ImagePublish, heap_name);
  return moved;
}

}  // namespace tubthump::bake
