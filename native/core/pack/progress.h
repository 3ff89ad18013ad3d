// How far packing or unpacking is; and the way to end it early. For several threads.
#pragma once

#include <atomic>
#include <cstdint>

#include "error/error.h"

namespace tubthump::pack {

class Progress {
 public:
  void expect(uint64_t bytes) { total_ += bytes; }
  void advance(uint64_t bytes) { done_ += bytes; }
  [[nodiscard]] uint64_t done() const { return done_; }
  /// 0 as long as nobody knows.
  [[nodiscard]] uint64_t total() const { return total_; }

  void cancel() { cancelled_ = true; }
  /// Errors: PackAborted after cancel().
  [[nodiscard]] Result<void> check() const;

 private:
  std::atomic<uint64_t> done_ = 0, total_ = 0;
  std::atomic<bool> cancelled_ = false;
};

}  // namespace tubthump::pack
