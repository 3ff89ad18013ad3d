#include "bake/described.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <utility>

#include "bake/bake.h"
#include "bake/gaps.h"
#include "criu_image/files.h"
#include "criu_image/image_file.h"

namespace tubthump::bake {

namespace {

using criu_image::Kind;
using criu_image::Vma;
namespace status = criu_image::vma_status;

bool is_heap(const Vma& vma, const std::vector<HeapRange>& ranges) {
  if (!covers(ranges, vma.start, vma.end)) return false;
  // Mapped by an earlier bake: whatever V8 has made of its protection since.
  if (vma.status == (status::kRegular | status::kFilePrivate)) return true;
  constexpr uint32_t kKnownFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  return (vma.status & ~status::kHeap) == (status::kRegular | status::kAnonPrivate) &&
         vma.prot == (PROT_READ | PROT_WRITE) && (vma.flags & ~kKnownFlags) == 0;
}

/// What is to be mapped: heap, and whatever was mapped before, which nobody else could restore.
Result<std::vector<Vma>> heap_of(const std::vector<Vma>& vmas, const std::vector<HeapRange>& ranges,
                                 const std::vector<std::string>& files,
                                 const MappedBefore* before) {
  std::vector<Vma> heap, gaps;
  for (const Vma& vma : vmas) {
    if (may_be_gap(vma) && covers(ranges, vma.start, vma.end)) gaps.push_back(vma);
    const bool is_known = is_heap(vma, ranges);
    bool is_before = false;
    if (vma.status & status::kFilePrivate) {
      if (!is_known && !before) continue;
      auto name = criu_image::name_of_file(files, static_cast<uint32_t>(vma.shmid));
      if (!name && is_known) return std::unexpected(name.error());
      is_before = name && before && *name == before->external;
      if (is_known && !is_before)
        return fail(ErrorCode::ImageInvalid, "the heap is mapped from `" + *name + "`");
    }
    if (is_known || is_before) heap.push_back(vma);
  }
  return with_gaps(heap, gaps);
}

Vma mapped(Vma vma, uint64_t offset, uint32_t file) {
  vma.status = status::kRegular | status::kFilePrivate;
  vma.flags &= ~static_cast<uint32_t>(MAP_ANONYMOUS);
  vma.shmid = file;
  vma.file_offset = offset;
  vma.fd_flags = O_RDONLY;
  vma.has_fd_flags = true;
  return vma;
}

}  // namespace

std::string name_of(const char* kind, uint64_t id) {
  return std::string(kind) + "-" + std::to_string(id) + ".img";
}

Result<Described> describe(int directory, pid_t pid, const std::vector<HeapRange>& ranges,
                           const MappedBefore* before) {
  Described described;
  described.mm_name = name_of("mm", static_cast<uint64_t>(pid));
  auto mm = criu_image::read_messages(directory, described.mm_name, Kind::Mm);
  if (!mm) return std::unexpected(mm.error());
  if (mm->size() != 1)
    return fail(ErrorCode::ImageInvalid, described.mm_name + ": not one address space");
  described.mm = std::move(mm->front());
  auto vmas = criu_image::decode_vmas(described.mm);
  if (!vmas) return std::unexpected(vmas.error());
  described.vmas = std::move(*vmas);
  auto files = criu_image::read_messages(directory, "files.img", Kind::Files);
  if (!files) return std::unexpected(files.error());
  described.files = std::move(*files);
  auto heap = heap_of(described.vmas, ranges, described.files, before);
  if (!heap) return std::unexpected(heap.error());
  described.heap = std::move(*heap);
  auto file = criu_image::free_file_id(described.files);
  if (!file) return std::unexpected(file.error());
  described.file_id = *file;
  return described;
}

Result<size_t> write_mapped(int directory, Described described,
                            const std::vector<Stretch>& stretches, Replacement& replacement) {
  auto part = described.heap.begin();
  auto stretch = stretches.begin();
  for (Vma& vma : described.vmas) {
    if (part == described.heap.end()) break;
    if (vma.start != part->start) continue;
    while (stretch->end <= part->start) ++stretch;
    vma = mapped(*part, stretch->offset_of(part->start), described.file_id);
    ++part;
  }
  const auto vmas = join_mapped(described.vmas, described.file_id);
  auto rewritten = criu_image::replace_vmas(described.mm, vmas);
  if (!rewritten) return std::unexpected(rewritten.error());
  described.files.push_back(criu_image::encode_inherited_file(described.file_id, kHeapKey));
  auto written = criu_image::write_messages(directory, replacement.name(described.mm_name),
                                            Kind::Mm, {*rewritten});
  if (written)
    written = criu_image::write_messages(directory, replacement.name("files.img"), Kind::Files,
                                         described.files);
  if (!written) return std::unexpected(written.error());
  return static_cast<size_t>(std::ranges::count_if(
      vmas, [&](const Vma& vma) { return is_mapped_from(vma, described.file_id); }));
}

}  // namespace tubthump::bake
