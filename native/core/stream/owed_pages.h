// The pages of one process that are in the image and not yet in its memory.
//
// Addresses are those of now: they follow the process when it moves or unmaps memory. Concurrency:
// none of its own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace tubthump::stream {

/// Whole pages, in one piece both in memory and in the source.
struct Chunk {
  uint64_t address = 0;
  uint64_t offset = 0;  ///< In the page source, bytes.
  uint64_t size = 0;    ///< bytes

  [[nodiscard]] uint64_t end() const { return address + size; }
};

class OwedPages {
 public:
  /// Also gives back what was taken.
  void add(const Chunk& chunk);

  /// The page at `address` and those behind it, `most` bytes at most; nothing when that page is not
  /// owed. What is taken is not owed any more.
  std::optional<Chunk> take_at(uint64_t address, uint64_t most);

  /// Of all pages the nearest to `address`, and those next to them on the far side.
  std::optional<Chunk> take_nearest(uint64_t address, uint64_t most);

  /// The first that is owed in [start, end), `most` bytes at most.
  std::optional<Chunk> take_first(uint64_t start, uint64_t end, uint64_t most);

  /// The process has given these pages up.
  void remove(uint64_t start, uint64_t end);

  /// The process has moved these pages.
  void move(uint64_t from, uint64_t to, uint64_t size);

  /// Addresses up to the next owed page; `address` itself when it is owed.
  [[nodiscard]] uint64_t next_after(uint64_t address, uint64_t limit) const;

  /// What is owed in [start, end).
  [[nodiscard]] std::vector<Chunk> chunks_in(uint64_t start, uint64_t end) const;

  [[nodiscard]] bool empty() const { return pieces_.empty(); }
  [[nodiscard]] uint64_t bytes() const;

 private:
  struct Piece {
    uint64_t end;
    uint64_t offset;
  };
  using Pieces = std::map<uint64_t, Piece>;  ///< By address.

  Pieces::iterator piece_of(uint64_t address);
  void cut(uint64_t address);
  Chunk take(uint64_t start, uint64_t end);

  Pieces pieces_;
};

}  // namespace tubthump::stream
