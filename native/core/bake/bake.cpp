#include "bake/bake.h"

#include <fcntl.h>
#include <sys/mman.h>

#include "bake/heap_file.h"
#include "bake/mapped_before.h"
#include "bake/replacement.h"
#include "bake/self_test.h"
#include "criu_image/files.h"
#include "criu_image/image_file.h"
#include "criu_image/mm.h"
#include "criu_image/pagemap.h"

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

/// Whether all mapped VMAs of the heap are of the file that we know.
Result<void> check_before(const std::vector<Vma>& heap, const std::vector<std::string>& files,
                          const MappedBefore* before) {
  for (const Vma& vma : heap) {
    if (!(vma.status & status::kFilePrivate)) continue;
    auto name = criu_image::name_of_file(files, static_cast<uint32_t>(vma.shmid));
    if (!name) return std::unexpected(name.error());
    if (!before || *name != before->external)
      return fail(ErrorCode::ImageInvalid, "the heap is mapped from `" + *name + "`");
  }
  return {};
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

std::string name_of(const char* kind, pid_t pid) {
  return std::string(kind) + "-" + std::to_string(pid) + ".img";
}

}  // namespace

Result<Baked> bake_heap(int directory, pid_t pid, const std::vector<HeapRange>& ranges,
                        const MappedBefore* before) {
  const std::string mm_name = name_of("mm", pid), pagemap_name = name_of("pagemap", pid);
  auto mm = criu_image::read_messages(directory, mm_name, Kind::Mm);
  if (!mm) return std::unexpected(mm.error());
  if (mm->size() != 1) return fail(ErrorCode::ImageInvalid, mm_name + ": not one address space");
  auto vmas = criu_image::decode_vmas(mm->front());
  if (!vmas) return std::unexpected(vmas.error());
  std::vector<Vma> heap;
  for (const Vma& vma : *vmas)
    if (is_heap(vma, ranges)) heap.push_back(vma);
  if (heap.empty()) return Baked{};

  auto messages = criu_image::read_messages(directory, pagemap_name, Kind::Pagemap);
  if (!messages) return std::unexpected(messages.error());
  auto pagemap = criu_image::decode_pagemap(*messages);
  if (!pagemap) return std::unexpected(pagemap.error());
  auto files = criu_image::read_messages(directory, "files.img", Kind::Files);
  if (!files) return std::unexpected(files.error());
  if (auto known = check_before(heap, *files, before); !known)
    return std::unexpected(known.error());
  auto file = criu_image::free_file_id(*files);
  if (!file) return std::unexpected(file.error());

  const auto stretches = lay_out(heap);
  auto stretch = stretches.begin();
  for (Vma& vma : *vmas)
    if (is_heap(vma, ranges)) vma = mapped(vma, (stretch++)->offset, *file);
  auto rewritten = criu_image::replace_vmas(mm->front(), *vmas);
  if (!rewritten) return std::unexpected(rewritten.error());
  files->push_back(criu_image::encode_inherited_file(*file, kHeapKey));

  Replacement replacement(directory);
  auto moved = move_pages(directory, *pagemap, stretches, before ? before->file.get() : -1,
                          replacement.name(kHeapFile),
                          replacement.name("pages-" + std::to_string(pagemap->pages_id) + ".img"));
  if (!moved) return std::unexpected(moved.error());
  for (auto written :
       {criu_image::write_messages(directory, replacement.name(mm_name), Kind::Mm, {*rewritten}),
        criu_image::write_messages(directory, replacement.name(pagemap_name), Kind::Pagemap,
                                   criu_image::encode_pagemap(moved->rest)),
        criu_image::write_messages(directory, replacement.name("files.img"), Kind::Files, *files)})
    if (!written) return std::unexpected(written.error());
  const std::string pages_name = "pages-" + std::to_string(pagemap->pages_id) + ".img";
  const BakedFiles written{pages_name, Replacement::written(mm_name),
                           Replacement::written(pagemap_name), Replacement::written(pages_name),
                           Replacement::written(kHeapFile)};
  if (auto tested = test_baked(directory, *pagemap, *file, written); !tested)
    return std::unexpected(tested.error());
  if (auto replaced = replacement.commit(); !replaced) return std::unexpected(replaced.error());
  return Baked{moved->bytes, heap.size(), vmas->size()};
}

}  // namespace tubthump::bake
