// A process as CRIU restores it with lazy_pages, without CRIU: memory registered with a real
// userfaultfd, its descriptor and pid sent over lazy-pages.socket, a body that then uses the
// memory.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "stream/lazy_memory.h"

namespace tubthump::stream::test {

inline constexpr uint64_t kPage = 4096;
/// Where sanitizers let programs map.
inline constexpr uint64_t kAddress = 0x7e9000000000;

/// Where everything may be mapped in the child, and the number of each page of the image there:
/// page N is filled with the byte of_page(N).
inline uint8_t of_page(uint64_t number) {
  return static_cast<uint8_t>(number * 31 + number / 256 + 7);
}

/// Made bytes; counts reads and may wait or fail.
class MadeUp : public PageSource {
 public:
  explicit MadeUp(uint64_t fails_at = ~uint64_t{0}) : fails_at_(fails_at) {}
  Result<std::span<const std::byte>> read(uint64_t offset, std::span<std::byte> buffer) override;
  void will_need(uint64_t, uint64_t) override {}

 private:
  uint64_t fails_at_;  ///< Offset.
};

/// `pages` pages at kAddress, all owed.
LazyMemory memory_of(uint64_t pages, std::shared_ptr<PageSource> source);

/// Forks a process with `pages` registered pages at kAddress; `body` runs in it once the server was
/// told that all is in place, and its result is the process's exit status.
class Restored {
 public:
  Restored(uint64_t pages, const std::function<int()>& body);
  ~Restored();
  Restored(const Restored&) = delete;
  Restored& operator=(const Restored&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Sends what CRIU sends to the socket in the directory `work`.
  void introduce(int work);
  void finish();  ///< CRIU's last word, and `body` starts.
  /// Exit status, or minus the signal.
  int wait();

 private:
  pid_t pid_ = 0;
  int userfaultfd_ = -1;
  int criu_ = -1;
  int go_ = -1;
};

/// Whether page `at` of this process holds page `number` of the image.
bool holds(const volatile uint8_t* at, uint64_t number);

}  // namespace tubthump::stream::test
