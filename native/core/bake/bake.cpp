#include "bake/bake.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "bake/described.h"
#include "bake/heap_file.h"
#include "bake/mapped_before.h"
#include "bake/placed.h"
#include "bake/replacement.h"
#include "bake/self_test.h"
#include "criu_image/image_file.h"
#include "criu_image/pagemap.h"
#include "os/unique_fd.h"

namespace tubthump::bake {

namespace {

using criu_image::Kind;

Result<void> write_pagemap(int directory, const std::string& name,
                           const criu_image::Pagemap& pagemap) {
  return criu_image::write_messages(directory, name, Kind::Pagemap,
                                    criu_image::encode_pagemap(pagemap));
}

}  // namespace

Result<Baked> bake_heap(int directory, pid_t pid, const std::vector<HeapRange>& ranges,
                        const MappedBefore* before) {
  auto described = describe(directory, pid, ranges, before);
  if (!described) return std::unexpected(described.error());
  if (described->heap.empty()) return Baked{};
  const size_t all_vmas = described->vmas.size();
  const std::string mm_name = described->mm_name,
                    pagemap_name = name_of("pagemap", static_cast<uint64_t>(pid));
  const uint32_t file_id = described->file_id;
  auto messages = criu_image::read_messages(directory, pagemap_name, Kind::Pagemap);
  if (!messages) return std::unexpected(messages.error());
  auto pagemap = criu_image::decode_pagemap(*messages);
  if (!pagemap) return std::unexpected(pagemap.error());

  const auto stretches = lay_out(described->heap);
  const std::string pages = pages_name(*pagemap);
  Replacement replacement(directory);
  auto moved = move_pages(directory, *pagemap, stretches, replacement.name(kHeapFile),
                          replacement.name(pages));
  if (!moved) return std::unexpected(moved.error());
  const std::string heap = Replacement::written(kHeapFile);
  if (before) {
    auto filled = fill_gaps(directory, *pagemap, stretches, before->file.get(), heap);
    if (!filled) return std::unexpected(filled.error());
  }
  const auto vmas = write_mapped(directory, std::move(*described), stretches, replacement);
  if (!vmas) return std::unexpected(vmas.error());
  if (auto written = write_pagemap(directory, replacement.name(pagemap_name), moved->rest);
      !written)
    return std::unexpected(written.error());

  const UniqueFd original(::openat(directory, pages.c_str(), O_RDONLY | O_CLOEXEC));
  if (!original) return fail_errno(ErrorCode::ImageInvalid, pages);
  const BakedFiles names{Replacement::written(mm_name), Replacement::written(pagemap_name),
                         Replacement::written(pages), heap};
  if (auto good = test_baked(directory, *pagemap, {original.get()}, file_id, names); !good)
    return std::unexpected(good.error());
  if (auto replaced = replacement.commit(); !replaced) return std::unexpected(replaced.error());
  return Baked{moved->bytes, *vmas, all_vmas};
}

Result<Baked> bake_placed(int directory, pid_t pid, const std::vector<HeapRange>& ranges,
                          const MappedBefore* before, const Placed& placed) {
  auto described = describe(directory, pid, ranges, before);
  if (!described) return std::unexpected(described.error());
  if (placed.stretches != lay_out(described->heap))
    return fail(ErrorCode::ImageInvalid, "CRIU saw other mappings than /proc/PID/maps");
  if (described->heap.empty()) return Baked{};
  const size_t all_vmas = described->vmas.size();
  const std::string mm_name = described->mm_name;
  const uint32_t file_id = described->file_id;
  if (before) {
    auto filled = fill_gaps(directory, placed.all, placed.stretches, before->file.get(), kHeapFile);
    if (!filled) return std::unexpected(filled.error());
  }
  Replacement replacement(directory);
  const auto vmas = write_mapped(directory, std::move(*described), placed.stretches, replacement);
  if (!vmas) return std::unexpected(vmas.error());

  const std::string memory = "/proc/" + std::to_string(pid) + "/mem";
  const UniqueFd original(::open(memory.c_str(), O_RDONLY | O_CLOEXEC));
  if (!original) return fail_errno(ErrorCode::System, memory);
  const BakedFiles names{Replacement::written(mm_name),
                         name_of("pagemap", static_cast<uint64_t>(pid)), pages_name(placed.all),
                         kHeapFile};
  if (auto good = test_baked(directory, placed.all, {original.get(), true}, file_id, names); !good)
    return std::unexpected(good.error());
  if (auto replaced = replacement.commit(); !replaced) return std::unexpected(replaced.error());
  return Baked{placed.bytes, *vmas, all_vmas};
}

Result<void> make_plain(int directory, pid_t pid, const Placed& placed) {
  if (placed.stretches.empty()) return {};
  Replacement replacement(directory);
  const std::string pages = pages_name(placed.all);
  auto gathered =
      gather_pages(directory, placed.all, placed.stretches, kHeapFile, replacement.name(pages));
  if (!gathered) return gathered;
  auto written = write_pagemap(
      directory, replacement.name(name_of("pagemap", static_cast<uint64_t>(pid))), placed.all);
  if (!written) return written;
  if (auto replaced = replacement.commit(); !replaced) return replaced;
  if (::unlinkat(directory, kHeapFile, 0) < 0)
    return fail_errno(ErrorCode::ImagePublish, kHeapFile);
  return {};
}

}  // namespace tubthump::bake
