#include "bake/heap_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "os/page_buffer.h"
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

Result<UniqueFd> open_existing(int directory, const std::string& name, int access) {
  UniqueFd file(::openat(directory, name.c_str(), access | O_CLOEXEC | O_NOFOLLOW));
  if (!file) return fail_errno(ErrorCode::ImageInvalid, name);
  return file;
}

/// Between file systems, which copy_file_range() refuses since Linux 5.19.
Result<void> copy_by_hand(int from, uint64_t from_offset, int to, uint64_t to_offset,
                          uint64_t size) {
  PageBuffer<char> buffer(std::min<uint64_t>(size, 1 << 20));
  while (size > 0) {
    const size_t wanted = std::min<uint64_t>(size, buffer.size());
    const ssize_t got = ::pread(from, buffer.data(), wanted, static_cast<off_t>(from_offset));
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) return fail(ErrorCode::ImageInvalid, "the pages file is cut short");
    if (got < 0) return fail_errno(ErrorCode::ImageInvalid, "read pages");
    const ssize_t done =
        ::pwrite(to, buffer.data(), static_cast<size_t>(got), static_cast<off_t>(to_offset));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return fail_errno(ErrorCode::ImagePublish, "copy pages");
    from_offset += static_cast<uint64_t>(done);
    to_offset += static_cast<uint64_t>(done);
    size -= static_cast<uint64_t>(done);
  }
  return {};
}

/// Inside the kernel, without a buffer of ours.
Result<void> copy(int from, uint64_t from_offset, int to, uint64_t to_offset, uint64_t size) {
  auto source = static_cast<off64_t>(from_offset);
  auto target = static_cast<off64_t>(to_offset);
  while (size > 0) {
    const ssize_t done = ::copy_file_range(from, &source, to, &target, size, 0);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0 && errno == EXDEV)
      return copy_by_hand(from, static_cast<uint64_t>(source), to, static_cast<uint64_t>(target),
                          size);
    if (done < 0) return fail_errno(ErrorCode::ImagePublish, "copy pages");
    if (done == 0) return fail(ErrorCode::ImageInvalid, "the pages file is cut short");
    size -= static_cast<uint64_t>(done);
  }
  return {};
}

/// What [start, end) of a stretch was mapped from; holes stay holes.
Result<void> copy_data(int before, const Stretch& stretch, uint64_t start, uint64_t end, int heap) {
  const off_t from = stretch.before + static_cast<off_t>(start - stretch.start);
  const off_t to = from + static_cast<off_t>(end - start);
  for (off_t hole, data = from; data < to; data = hole) {
    data = ::lseek(before, data, SEEK_DATA);
    if (data < 0 && errno == ENXIO) return {};  // Nothing but a hole up to the end.
    if (data < 0) return fail_errno(ErrorCode::ImagePublish, "find data of the mapped heap");
    if (data >= to) return {};
    hole = std::min(::lseek(before, data, SEEK_HOLE), to);
    auto done = copy(before, static_cast<uint64_t>(data), heap,
                     stretch.offset_of(start) + static_cast<uint64_t>(data - from),
                     static_cast<uint64_t>(hole - data));
    if (!done) return done;
  }
  return {};
}

}  // namespace

std::string pages_name(const criu_image::Pagemap& pagemap) {
  return "pages-" + std::to_string(pagemap.pages_id) + ".img";
}

Result<Moved> move_pages(int directory, const criu_image::Pagemap& pagemap,
                         const std::vector<Stretch>& stretches, const std::string& heap_name,
                         const std::string& rest_name) {
  auto pages = open_existing(directory, pages_name(pagemap), O_RDONLY);
  if (!pages) return std::unexpected(pages.error());
  auto heap = create(directory, heap_name);
  if (!heap) return std::unexpected(heap.error());
  auto rest = create(directory, rest_name);
  if (!rest) return std::unexpected(rest.error());

  Moved moved;
  moved.rest.pages_id = pagemap.pages_id;
  uint64_t read = 0, kept = 0, started = 0;
  for (const PageRun& run : pagemap.runs) {
    for (const Part& part : divide(run, stretches)) {
      const uint64_t size = part.run.pages * kPageSize;
      auto done = part.stretch ? copy(pages->get(), read, heap->get(),
                                      part.stretch->offset_of(part.run.address), size)
                               : copy(pages->get(), read, rest->get(), kept, size);
      if (!done) return std::unexpected(done.error());
      read += size;
      if (part.stretch) {
        moved.bytes += size;
      } else {
        kept += size;
        moved.rest.runs.push_back(part.run);
      }
      // The disk writes while we copy on: fsync(2) has less to wait for.
      if (moved.bytes - started >= kWriteEvery) {
        (void)::sync_file_range(heap->get(), 0, 0, SYNC_FILE_RANGE_WRITE);
        started = moved.bytes;
      }
    }
  }
  // A mapping must not reach past the end: the last pages may be holes.
  if (::ftruncate(heap->get(), static_cast<off_t>(size_of(stretches))) < 0)
    return fail_errno(ErrorCode::ImagePublish, heap_name);
  return moved;
}

Result<void> fill_gaps(int directory, const criu_image::Pagemap& pagemap,
                       const std::vector<Stretch>& stretches, int before,
                       const std::string& heap_name) {
  auto heap = open_existing(directory, heap_name, O_WRONLY);
  if (!heap) return std::unexpected(heap.error());
  for (const Stretch& stretch : stretches) {
    if (stretch.before < 0) continue;
    uint64_t next = stretch.start;
    auto run = std::ranges::upper_bound(pagemap.runs, stretch.start, {}, &PageRun::end);
    while (next < stretch.end) {
      const bool more = run != pagemap.runs.end() && run->address < stretch.end;
      const uint64_t end = more ? std::max(run->address, next) : stretch.end;
      if (auto done = copy_data(before, stretch, next, end, heap->get()); !done) return done;
      next = more ? run++->end() : stretch.end;
    }
  }
  return {};
}

Result<void> gather_pages(int directory, const criu_image::Pagemap& pagemap,
                          const std::vector<Stretch>& stretches, const std::string& heap_name,
                          const std::string& pages) {
  auto heap = open_existing(directory, heap_name, O_RDONLY);
  if (!heap) return std::unexpected(heap.error());
  auto rest = open_existing(directory, pages_name(pagemap), O_RDONLY);
  if (!rest) return std::unexpected(rest.error());
  auto all = create(directory, pages);
  if (!all) return std::unexpected(all.error());
  uint64_t kept = 0, written = 0;
  for (const PageRun& run : pagemap.runs) {
    for (const Part& part : divide(run, stretches)) {
      const uint64_t size = part.run.pages * kPageSize;
      auto done = part.stretch ? copy(heap->get(), part.stretch->offset_of(part.run.address),
                                      all->get(), written, size)
                               : copy(rest->get(), kept, all->get(), written, size);
      if (!done) return done;
      written += size;
      if (!part.stretch) kept += size;
    }
  }
  return {};
}

}  // namespace tubthump::bake
