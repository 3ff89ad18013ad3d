// mm-PID.img: the address space of one process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "error/error.h"

namespace tubthump::criu_image {

/// vma_entry (images/vma.proto of CRIU 4.2). Addresses and offsets in bytes.
struct Vma {
  uint64_t start = 0;
  uint64_t end = 0;
  uint64_t file_offset = 0;  ///< pgoff
  uint64_t shmid = 0;        ///< For file mappings: id of the file in files.img.
  uint32_t prot = 0;         ///< PROT_*
  uint32_t flags = 0;        ///< MAP_*
  uint32_t status = 0;       ///< VmaStatus bits
  int64_t fd = -1;
  uint64_t madv = 0;  ///< Bit N: madvise(N) at restore, whatever N is.
  bool has_madv = false;
  uint32_t fd_flags = 0;  ///< O_*, how a mapped file was opened.
  bool has_fd_flags = false;
};

/// criu/include/image.h
namespace vma_status {
inline constexpr uint32_t kRegular = 1 << 0;
inline constexpr uint32_t kHeap = 1 << 5;  ///< Between start_brk and brk.
inline constexpr uint32_t kVsyscall = 1 << 2;
inline constexpr uint32_t kVdso = 1 << 3;
inline constexpr uint32_t kFilePrivate = 1 << 6;
inline constexpr uint32_t kAnonPrivate = 1 << 9;
inline constexpr uint32_t kVvar = 1 << 12;
}  // namespace vma_status

/// The VMAs of one mm_entry, in order of address. Errors: ImageInvalid.
Result<std::vector<Vma>> decode_vmas(const std::string& mm);

/// The same mm_entry with other VMAs; all other fields are kept, byte by byte.
Result<std::string> replace_vmas(const std::string& mm, const std::vector<Vma>& vmas);

}  // namespace tubthump::criu_image
