#include "stream/lazy_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <string>

#include "criu_image/image_file.h"
#include "criu_image/mm.h"
#include "criu_image/pagemap.h"
#include "stream/pages_file.h"

namespace tubthump::stream {

namespace {

using criu_image::Kind;
using criu_image::PageRun;
using criu_image::Vma;

std::string name_of(const char* kind, uint64_t id) {
  return std::string(kind) + "-" + std::to_string(id) + ".img";
}

/// vma_entry_can_be_lazy (criu/include/vma.h): CRIU registers these, and no others.
bool is_registered(const Vma& vma) {
  return (vma.flags & MAP_ANONYMOUS) && (vma.flags & MAP_PRIVATE) &&
         !(vma.flags & (MAP_LOCKED | MAP_HUGETLB)) &&
         !(vma.status & (criu_image::vma_status::kVdso | criu_image::vma_status::kVvar |
                         criu_image::vma_status::kVsyscall));
}

/// Cuts runs at the borders of VMAs, which no request may cross.
class Collector {
 public:
  explicit Collector(const std::vector<Vma>& vmas) : vmas_(vmas), used_(vmas.size()) {}

  Result<void> add(const PageRun& run) {
    const uint64_t start_offset = offset_;
    offset_ += run.end() - run.address;
    uint64_t address = run.address;
    while (address < run.end()) {
      while (vma_ < vmas_.size() && vmas_[vma_].end <= address) vma_++;
      if (vma_ == vmas_.size() || vmas_[vma_].start > address)
        return fail(ErrorCode::ImageInvalid, "pagemap image: pages outside of all VMAs");
      const uint64_t end = std::min(run.end(), vmas_[vma_].end);
      if (run.flags & PageRun::kLazy) {
        if (!is_registered(vmas_[vma_]))
          return fail(ErrorCode::ImageInvalid, "pagemap image: lazy pages where none can be");
        owed.add({address, start_offset + (address - run.address), end - address});
      }
      used_[vma_] = true;
      address = end;
    }
    return {};
  }

  /// VMAs that are registered and have no pages.
  [[nodiscard]] std::vector<PageRange> empty() const {
    std::vector<PageRange> ranges;
    for (size_t i = 0; i < vmas_.size(); i++)
      if (!used_[i] && is_registered(vmas_[i])) ranges.push_back({vmas_[i].start, vmas_[i].end});
    return ranges;
  }

  [[nodiscard]] uint64_t size_of_pages() const { return offset_; }

  OwedPages owed;

 private:
  const std::vector<Vma>& vmas_;
  std::vector<bool> used_;
  size_t vma_ = 0;
  uint64_t offset_ = 0;
};

}  // namespace

Result<LazyMemory> load_lazy_memory(int directory, pid_t pid) {
  const auto id = static_cast<uint64_t>(pid);
  auto mm = criu_image::read_messages(directory, name_of("mm", id), Kind::Mm);
  if (!mm) return std::unexpected(mm.error());
  if (mm->size() != 1) return fail(ErrorCode::ImageInvalid, "mm image: not one address space");
  auto vmas = criu_image::decode_vmas(mm->front());
  if (!vmas) return std::unexpected(vmas.error());
  auto messages = criu_image::read_messages(directory, name_of("pagemap", id), Kind::Pagemap);
  if (!messages) return std::unexpected(messages.error());
  auto pagemap = criu_image::decode_pagemap(*messages);
  if (!pagemap) return std::unexpected(pagemap.error());

  Collector collector(*vmas);
  for (const PageRun& run : pagemap->runs)
    if (auto added = collector.add(run); !added) return std::unexpected(added.error());
  const std::string file = name_of("pages", pagemap->pages_id);
  auto pages = PagesFile::open(directory, file, collector.size_of_pages());
  if (!pages) return std::unexpected(pages.error());
  LazyMemory memory;
  memory.pid = pid;
  memory.owed = std::move(collector.owed);
  memory.empty = collector.empty();
  memory.file = file;
  memory.size = collector.size_of_pages();
  memory.pages = std::move(*pages);
  return memory;
}

}  // namespace tubthump::stream
