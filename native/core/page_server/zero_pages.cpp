#include "page_server/zero_pages.h"

#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace tubthump::page_server {

namespace {

using criu_image::kPageSize;

/// Fewer would cost more than they save: each hole is an extent of the file. The runtime leaves 29
/// or more behind each other.
constexpr uint64_t kLeast = 16;
/// Pages compared at a time: a call for each would take longer than what is done with it.
constexpr uint64_t kCompared = kLeast;
/// process_vm_readv(2): IOV_MAX.
constexpr uint64_t kAtOnce = 1024;

using Word = uint64_t;

/// The first words of as many pages, of which each is kLeast behind the one before it. Less when
/// the process cannot be read.
size_t read_words(pid_t pid, uint64_t address, std::span<Word> words) {
  std::array<iovec, kAtOnce> there;
  for (size_t i = 0; i < words.size(); i++)
    there[i] = {reinterpret_cast<void*>(address + i * kLeast * kPageSize), sizeof(Word)};  // NOLINT
  const iovec here{words.data(), words.size_bytes()};
  const ssize_t size = ::process_vm_readv(pid, &here, 1, there.data(), words.size(), 0);
  return size < 0 ? 0 : static_cast<size_t>(size) / sizeof(Word);
}

bool is_zero(const char* page) {
  return page[0] == 0 && std::memcmp(page, page + 1, kPageSize - 1) == 0;
}

/// The process's pages, a few at a time.
class Window {
 public:
  explicit Window(pid_t pid) : pid_(pid) {}

  /// How many pages from `address` on are zeros, of at most `most`.
  uint64_t zeros_from(uint64_t address, uint64_t most) {
    uint64_t found = 0;
    while (found < most) {
      const uint64_t count = std::min(kCompared, most - found);
      const uint64_t read = look(address + found * kPageSize, count);
      uint64_t zero = 0;
      while (zero < read && is_zero(page(zero))) zero++;
      found += zero;
      if (zero < count) break;
    }
    return found;
  }

  /// How many right before it, of at most `most` and less than kLeast: the probe before this one
  /// has seen those that are further away.
  uint64_t zeros_before(uint64_t address, uint64_t most) {
    const uint64_t count = std::min(kLeast - 1, most);
    if (look(address - count * kPageSize, count) < count) return 0;
    uint64_t zero = 0;
    while (zero < count && is_zero(page(count - 1 - zero))) zero++;
    return zero;
  }

 private:
  /// Returns how many could be read.
  uint64_t look(uint64_t address, uint64_t pages) {
    const iovec here{bytes_.data(), pages * kPageSize};
    const iovec there{reinterpret_cast<void*>(address), pages * kPageSize};  // NOLINT
    const ssize_t size = ::process_vm_readv(pid_, &here, 1, &there, 1, 0);
    return size < 0 ? 0 : static_cast<uint64_t>(size) / kPageSize;
  }
  const char* page(uint64_t index) const { return bytes_.data() + index * kPageSize; }

  pid_t pid_;
  /// Not filled: there is a window for each run. Aligned as os/page_buffer.h says.
  alignas(64) std::array<char, kCompared * kPageSize> bytes_;
};

void append(std::vector<Piece>& pieces, uint64_t pages, bool zero) {
  if (pages == 0) return;
  if (!pieces.empty() && pieces.back().zero == zero)
    pieces.back().pages += pages;
  else
    pieces.push_back({pages, zero});
}

}  // namespace

std::vector<Piece> find_zeroes(pid_t pid, const criu_image::PageRun& run) {
  const auto address = [&](uint64_t page) { return run.address + page * kPageSize; };
  std::vector<Piece> pieces;
  std::array<Word, kAtOnce> words;
  Window window(pid);
  uint64_t told = 0;  // Pages that are in `pieces`.
  // Among kLeast pages in a row is one whose number is a multiple, less one.
  for (uint64_t first = kLeast - 1; first < run.pages; first += kAtOnce * kLeast) {
    const uint64_t left = (run.pages - first + kLeast - 1) / kLeast;
    const size_t read =
        read_words(pid, address(first), std::span(words).first(std::min(kAtOnce, left)));
    for (size_t i = 0; i < read; i++) {
      const uint64_t probe = first + i * kLeast;
      if (words[i] != 0 || probe < told) continue;
      const uint64_t end = probe + window.zeros_from(address(probe), run.pages - probe);
      if (end == probe) continue;
      const uint64_t start = probe - window.zeros_before(address(probe), probe - told);
      if (end - start < kLeast) continue;
      append(pieces, start - told, false);
      append(pieces, end - start, true);
      told = end;
    }
  }
  append(pieces, run.pages - told, false);
  return pieces;
}

}  // namespace tubthump::page_server
