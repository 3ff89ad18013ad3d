// What CRIU has written of a process apart from its pages, and which of its memory is to be mapped.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bake/heap_range.h"
#include "bake/mapped_before.h"
#include "bake/replacement.h"
#include "bake/stretch.h"
#include "criu_image/mm.h"
#include "error/error.h"

namespace tubthump::bake {

/// CRIU's name of an image file: "mm", 7 is mm-7.img.
std::string name_of(const char* kind, uint64_t id);

struct Described {
  std::string mm_name;
  std::string mm;
  std::vector<criu_image::Vma> vmas;
  std::vector<criu_image::Vma> heap;  ///< Those of them that may be mapped, and gaps (gaps.h).
  std::vector<std::string> files;
  uint32_t file_id = 0;  ///< Of heap.img in files.img.
};

/// Errors: ImageInvalid; also when the heap is mapped from another file than `before`.
Result<Described> describe(int directory, pid_t pid, const std::vector<HeapRange>& ranges,
                           const MappedBefore* before);

/// Writes the new mm and files images: the heap is mapped as `stretches` say, which have been
/// laid out for it. Returns how many VMAs the copy has for it, neighbours made one.
/// Errors: ImageInvalid, ImagePublish.
Result<size_t> write_mapped(int directory, Described described,
                            const std::vector<Stretch>& stretches, Replacement& replacement);

}  // namespace tubthump::bake
