// Where a file has data: holes are neither encrypted nor written again.
//
// A sealed file's plain text is a table (the file's size, the number of extents, offset and length
// of each, 64 bits) and behind it the bytes of the extents, one after the other.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "error/error.h"

namespace tubthump::encryption {

struct Extent {
  uint64_t offset = 0, length = 0;  ///< bytes
};

class Extents {
 public:
  /// Of an open file. Errors: System.
  static Result<Extents> of_file(int file);

  /// Bytes of the table that begins with `bytes`, at least 16 of them.
  static uint64_t table_size(std::span<const uint8_t> bytes);
  /// `plain_size`: of table and data. Errors: ImageInvalid with the name.
  static Result<Extents> decode(std::span<const uint8_t> table, uint64_t plain_size,
                                const std::string& name);

  [[nodiscard]] std::string encode() const;
  /// Of table and data.
  [[nodiscard]] uint64_t plain_size() const { return table_size() + data_; }
  [[nodiscard]] uint64_t table_size() const { return 16 * (1 + extents_.size()); }
  [[nodiscard]] uint64_t file_size() const { return file_size_; }

  /// For each piece of [start, start + size) of the plain text behind the table: its offset in the
  /// file, its offset from `start`, its length.
  using Piece = std::function<bool(uint64_t in_file, uint64_t in_range, uint64_t length)>;
  /// False as soon as `piece` is.
  [[nodiscard]] bool each(uint64_t start, uint64_t size, const Piece& piece) const;

 private:
  void add(Extent extent);

  uint64_t file_size_ = 0;
  uint64_t data_ = 0;
  std::vector<Extent> extents_;
  std::vector<uint64_t> starts_;  ///< Of each extent among the data.
};

}  // namespace tubthump::encryption
