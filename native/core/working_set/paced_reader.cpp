#include "working_set/paced_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace tubthump::working_set {

namespace {

/// The kernel reads no more for one call than the disk takes at once (mm/readahead.c,
/// force_page_cache_ra), and says nothing.
constexpr uint64_t kAtOnce = 1 << 20;
constexpr uint64_t kUnderWay = 4 << 20;
constexpr uint64_t kBytesPerMs = 200'000;
/// For a disk that has to wake up, and for a thread that others keep from running.
constexpr std::chrono::milliseconds kGrace{20};

}  // namespace

bool PacedReader::request(uint64_t offset, uint64_t size) {
  for (const uint64_t end = offset + size; offset < end;) {
    if (stopped_) return false;
    const Piece piece{offset, std::min(kAtOnce, end - offset)};
    (void)::posix_fadvise(file_, static_cast<off_t>(piece.offset), static_cast<off_t>(piece.size),
                          POSIX_FADV_WILLNEED);
    under_way_.push_back(piece);
    asked_ += piece.size;
    offset += piece.size;
    while (asked_ - arrived_ > kUnderWay)
      if (!await_first()) return false;
  }
  return true;
}

bool PacedReader::await_first() {
  const Piece piece = under_way_.front();
  under_way_.pop_front();
  char last;
  if (::pread(file_, &last, sizeof last, static_cast<off_t>(piece.offset + piece.size - 1)) !=
      sizeof last)
    return false;
  arrived_ += piece.size;
  return Clock::now() - started_ < kGrace + std::chrono::milliseconds(arrived_ / kBytesPerMs);
}

}  // namespace tubthump::working_set
