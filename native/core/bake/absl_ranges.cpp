#include "bake/absl_ranges.h"

#include <sys/uio.h>
#include <unistd.h>

#include <optional>

#include "bake/writable_mappings.h"

namespace tubthump::bake {

namespace {

/// low_level_alloc.cc, DoAllocWithArena: what it maps are multiples of 16 pages.
constexpr uint64_t kRegion = 16 * 4096;

/// low_level_alloc.cc, AllocList::Header.
struct Header {
  uint64_t size;   ///< Of the block, with this; bytes.
  uint64_t magic;  ///< Exclusive or of its own address with one of those below.
  uint64_t arena;
  uint64_t unused;
};

constexpr uint64_t kAllocated = 0x4c833e95;
constexpr uint64_t kFree = ~kAllocated;

/// A mapping may be of a file that has become shorter: the kernel looks, and says so.
std::optional<Header> read_header(uint64_t address) {
  Header header;
  const iovec ours{&header, sizeof header};
  const iovec there{reinterpret_cast<void*>(address), sizeof header};  // NOLINT
  if (::process_vm_readv(::getpid(), &ours, 1, &there, 1, 0) != sizeof header) return std::nullopt;
  return header;
}

/// Whether block follows block up to the end.
bool is_all_blocks(uint64_t start, uint64_t end) {
  for (uint64_t at = start; at < end;) {
    const auto header = end - at >= sizeof(Header) ? read_header(at) : std::nullopt;
    if (!header || ((header->magic ^ at) != kAllocated && (header->magic ^ at) != kFree))
      return false;
    if (header->size < sizeof(Header) || header->size > end - at) return false;
    at += header->size;
  }
  return true;
}

}  // namespace

std::vector<HeapRange> absl_ranges() {
  std::vector<HeapRange> ranges = writable_mappings();
  std::erase_if(ranges, [](const HeapRange& range) {
    return range.size % kRegion != 0 || !is_all_blocks(range.start, range.end());
  });
  return ranges;
}

}  // namespace tubthump::bake
