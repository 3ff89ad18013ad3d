// What is free between parts of the heap, mapped with them: one VMA instead of three.
//
// V8 frees chunks in the middle of the arena, each a VMA without access. CRIU takes about 5 us for
// a VMA; a heap of 250 MB has some 170 parts and as many gaps. In a copy they are holes of
// heap.img: zeroes that nobody looks at, until the arena gives the place to V8 again, with memory
// of its own.
#pragma once

#include <vector>

#include "criu_image/mm.h"

namespace tubthump::bake {

/// Whether it may be free memory of a heap: private, anonymous, without access. CRIU reads what has
/// none by giving it read access while it dumps (criu/pie/parasite.c, mprotect_vmas), so what can
/// be read is a gap as well. The caller has made sure that it lies in the heap's ranges: of those
/// only the arena has such mappings.
bool may_be_gap(const criu_image::Vma& vma);

/// `heap` with those of `gaps` that have writable parts of it right before and behind, and are no
/// longer than a few chunks; without access they continue what is before. All are in order of
/// address, as is the result.
std::vector<criu_image::Vma> with_gaps(const std::vector<criu_image::Vma>& heap,
                                       const std::vector<criu_image::Vma>& gaps);

/// Whether it is a private mapping of this file of files.img.
bool is_mapped_from(const criu_image::Vma& vma, uint32_t file);

/// The same VMAs with those made one that are mapped from `file` side by side.
std::vector<criu_image::Vma> join_mapped(const std::vector<criu_image::Vma>& vmas, uint32_t file);

}  // namespace tubthump::bake
