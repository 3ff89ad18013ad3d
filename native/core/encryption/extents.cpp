#include "encryption/extents.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>

#include "image/extents.h"

namespace tubthump::encryption {

namespace {

uint64_t number_at(std::span<const uint8_t> bytes, size_t index) {
  uint64_t number;
  std::memcpy(&number, bytes.data() + 8 * index, sizeof number);
  return number;
}

}  // namespace

void Extents::add(Extent extent) {
  starts_.push_back(data_);
  extents_.push_back(extent);
  data_ += extent.length;
}

Result<Extents> Extents::of_file(int file) {
  Extents extents;
  struct stat info;
  if (::fstat(file, &info) < 0) return fail_errno(ErrorCode::System, "size of an image file");
  extents.file_size_ = static_cast<uint64_t>(info.st_size);
  for (const auto [start, end] : image::extents_of(file, info.st_size))
    extents.add({static_cast<uint64_t>(start), static_cast<uint64_t>(end - start)});
  return extents;
}

uint64_t Extents::table_size(std::span<const uint8_t> bytes) {
  // Of nonsense a size that no plain text has, and that does not overflow.
  constexpr uint64_t kMost = uint64_t{1} << 40;
  return 16 * (1 + std::min(number_at(bytes, 1), kMost));
}

Result<Extents> Extents::decode(std::span<const uint8_t> table, uint64_t plain_size,
                                const std::string& name) {
  const auto invalid = [&] {
    return fail(ErrorCode::ImageInvalid, "image file " + name + ": its table is damaged");
  };
  if (table.size() < 16 || table_size(table) != table.size() || table.size() > plain_size)
    return invalid();
  Extents extents;
  extents.file_size_ = number_at(table, 0);
  uint64_t end = 0;
  for (size_t at = 2; at < table.size() / 8; at += 2) {
    const Extent extent{number_at(table, at), number_at(table, at + 1)};
    if (extent.offset < end || extent.length == 0 || extent.offset > extents.file_size_ ||
        extent.length > extents.file_size_ - extent.offset)
      return invalid();
    end = extent.offset + extent.length;
    extents.add(extent);
  }
  if (extents.plain_size() != plain_size) return invalid();
  return extents;
}

std::string Extents::encode() const {
  std::string bytes;
  const auto put = [&](uint64_t number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
  };
  put(file_size_);
  put(extents_.size());
  for (const Extent& extent : extents_) {
    put(extent.offset);
    put(extent.length);
  }
  return bytes;
}

bool Extents::each(uint64_t start, uint64_t size, const Piece& piece) const {
  const uint64_t table = table_size();
  uint64_t at = std::max(start, table) - table;
  const uint64_t end = std::max(start + size, table) - table;
  auto next = std::ranges::upper_bound(starts_, at);
  for (auto index = static_cast<size_t>(next - starts_.begin()) - 1; at < end; index++) {
    const Extent& extent = extents_[index];
    const uint64_t inside = at - starts_[index];
    const uint64_t length = std::min(extent.length - inside, end - at);
    if (!piece(extent.offset + inside, at + table - start, length)) return false;
    at += length;
  }
  return true;
}

}  // namespace tubthump::encryption
