#include "secrets/wipe.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "os/unique_fd.h"
#include "secrets/regions.h"

namespace tubthump::secrets {

namespace {

constexpr size_t kPage = 4096;
constexpr size_t kChunk = 1 << 20;

/// Memory of our own that is not searched, and leaves nothing behind.
class Vault {
 public:
  explicit Vault(size_t wanted) : size_((wanted + kPage - 1) / kPage * kPage) {
    void* memory =
        ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED) bytes_ = static_cast<unsigned char*>(memory);
  }
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;
  ~Vault() {
    if (bytes_) ::munmap(bytes_, size_);
  }
  [[nodiscard]] unsigned char* bytes() const { return bytes_; }
  [[nodiscard]] size_t size() const { return size_; }

 private:
  unsigned char* bytes_ = nullptr;
  size_t size_;
};

void fill(unsigned char* target, Pattern pattern) {
  for (size_t i = 0; i < pattern.size(); i++) target[i] = pattern[i] ? '*' : 0;
}

/// One search through all memory.
class Search {
 public:
  Search(int memory, std::span<const Pattern> patterns, unsigned char* buffer, size_t longest)
      : memory_(memory), patterns_(patterns), buffer_(buffer), overlap_(longest - 1) {}

  /// In chunks that overlap, so that none of the patterns is cut in two.
  void through(Region region) {
    for (uintptr_t at = region.start; at < region.end;) {
      const size_t wanted = std::min(kChunk + overlap_, region.end - at);
      // Through /proc/self/mem, for what another thread has unmapped fails there, and no more.
      const ssize_t got = ::pread(memory_, buffer_, wanted, static_cast<off_t>(at));
      if (got <= 0) return;
      look(at, static_cast<size_t>(got));
      if (static_cast<size_t>(got) <= overlap_) return;
      at += static_cast<size_t>(got) - overlap_;
    }
  }

  std::vector<Found> found;

 private:
  void look(uintptr_t at, size_t size) {
    for (size_t index = 0; index < patterns_.size(); index++) {
      const Pattern pattern = patterns_[index];
      unsigned char* from = buffer_;
      unsigned char* const end = buffer_ + size;
      while (void* hit =
                 ::memmem(from, static_cast<size_t>(end - from), pattern.data(), pattern.size())) {
        auto* place = static_cast<unsigned char*>(hit);
        fill(place, pattern);
        const uintptr_t address = at + static_cast<size_t>(place - buffer_);
        if (::pwrite(memory_, place, pattern.size(), static_cast<off_t>(address)) > 0)
          found.push_back({address, index});
        from = place + pattern.size();
      }
    }
  }

  int memory_;
  std::span<const Pattern> patterns_;
  unsigned char* buffer_;
  size_t overlap_;
};

/// Our own memory as a file. proc(5): /proc/PID/mem
Result<UniqueFd> open_memory() {
  UniqueFd memory(::open("/proc/self/mem", O_RDWR | O_CLOEXEC));
  if (!memory) return fail_errno(ErrorCode::System, "open /proc/self/mem");
  return memory;
}

}  // namespace

Result<std::vector<Found>> wipe(std::span<const Pattern> patterns) {
  if (patterns.empty()) return std::vector<Found>{};
  size_t total = 0, longest = 1;
  for (Pattern pattern : patterns) {
    total += pattern.size();
    longest = std::max(longest, pattern.size());
  }
  auto memory = open_memory();
  if (!memory) return std::unexpected(memory.error());
  // The patterns are searched for in their owners' memory as well. The buffer is before them, for
  // the sake of its alignment (os/page_buffer.h).
  const size_t buffer = kChunk + longest;
  Vault vault(buffer + total);
  if (!vault.bytes()) return fail_errno(ErrorCode::System, "mmap");
  std::vector<Pattern> copies;
  unsigned char* next = vault.bytes() + buffer;
  for (Pattern pattern : patterns) {
    std::copy(pattern.begin(), pattern.end(), next);
    copies.emplace_back(next, pattern.size());
    next += pattern.size();
  }
  const auto hidden = reinterpret_cast<uintptr_t>(vault.bytes());
  const uintptr_t hidden_end = hidden + vault.size();
  auto regions = searchable_regions();
  if (!regions) return std::unexpected(regions.error());
  Search search(memory->get(), copies, vault.bytes(), longest);
  for (Region region : *regions) {
    // The kernel may have made one mapping of the vault and its neighbours.
    if (hidden < region.start || hidden >= region.end) {
      search.through(region);
      continue;
    }
    search.through({region.start, hidden});
    search.through({hidden_end, region.end});
  }
  return std::move(search.found);
}

Result<size_t> put_back(std::span<const Pattern> patterns, std::span<const Found> found) {
  auto memory = open_memory();
  if (!memory) return std::unexpected(memory.error());
  size_t done = 0;
  std::string now, filler;
  for (const Found& place : found) {
    const Pattern pattern = patterns[place.pattern];
    now.resize(pattern.size());
    filler.resize(pattern.size());
    fill(reinterpret_cast<unsigned char*>(filler.data()), pattern);
    const auto at = static_cast<off_t>(place.address);
    const auto size = static_cast<ssize_t>(pattern.size());
    if (::pread(memory->get(), now.data(), now.size(), at) != size || now != filler) continue;
    if (::pwrite(memory->get(), pattern.data(), pattern.size(), at) == size) done++;
  }
  return done;
}

}  // namespace tubthump::secrets
