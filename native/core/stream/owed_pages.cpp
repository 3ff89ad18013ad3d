#include "stream/owed_pages.h"

#include <algorithm>
#include <iterator>

namespace tubthump::stream {

void OwedPages::add(const Chunk& chunk) {
  if (chunk.size > 0) pieces_[chunk.address] = {chunk.end(), chunk.offset};
}

OwedPages::Pieces::iterator OwedPages::piece_of(uint64_t address) {
  auto piece = pieces_.upper_bound(address);
  if (piece == pieces_.begin()) return pieces_.end();
  --piece;
  return address < piece->second.end ? piece : pieces_.end();
}

/// Makes `address` a border between two pieces.
void OwedPages::cut(uint64_t address) {
  auto piece = piece_of(address);
  if (piece == pieces_.end() || piece->first == address) return;
  const Piece rest{piece->second.end, piece->second.offset + (address - piece->first)};
  piece->second.end = address;
  pieces_.emplace(address, rest);
}

/// A part of one piece.
Chunk OwedPages::take(uint64_t start, uint64_t end) {
  cut(start);
  cut(end);
  auto piece = pieces_.find(start);
  const Chunk chunk{start, piece->second.offset, end - start};
  pieces_.erase(piece);
  return chunk;
}

std::optional<Chunk> OwedPages::take_at(uint64_t address, uint64_t most) {
  auto piece = piece_of(address);
  if (piece == pieces_.end()) return std::nullopt;
  return take(address, std::min(piece->second.end, address + most));
}

std::optional<Chunk> OwedPages::take_nearest(uint64_t address, uint64_t most) {
  if (pieces_.empty()) return std::nullopt;
  if (piece_of(address) != pieces_.end()) return take_at(address, most);
  const auto above = pieces_.upper_bound(address);
  const bool has_below = above != pieces_.begin();
  if (above == pieces_.end() ||
      (has_below && address - std::prev(above)->second.end < above->first - address)) {
    const auto below = std::prev(above);
    const uint64_t end = below->second.end;
    return take(end - std::min(most, end - below->first), end);
  }
  return take_at(above->first, most);
}

std::optional<Chunk> OwedPages::take_first(uint64_t start, uint64_t end, uint64_t most) {
  const uint64_t first = next_after(start, end);
  if (first >= end) return std::nullopt;
  return take_at(first, std::min(most, end - first));
}

void OwedPages::remove(uint64_t start, uint64_t end) {
  cut(start);
  cut(end);
  pieces_.erase(pieces_.lower_bound(start), pieces_.lower_bound(end));
}

void OwedPages::move(uint64_t from, uint64_t to, uint64_t size) {
  cut(from);
  cut(from + size);
  const auto first = pieces_.lower_bound(from), last = pieces_.lower_bound(from + size);
  const std::vector<Chunk> moved = chunks_in(from, from + size);
  pieces_.erase(first, last);
  // What was there before is unmapped.
  remove(to, to + size);
  for (const Chunk& chunk : moved) add({chunk.address - from + to, chunk.offset, chunk.size});
}

std::vector<Chunk> OwedPages::chunks_in(uint64_t start, uint64_t end) const {
  std::vector<Chunk> chunks;
  auto piece = pieces_.upper_bound(start);
  if (piece != pieces_.begin()) --piece;
  for (; piece != pieces_.end() && piece->first < end; ++piece) {
    const uint64_t from = std::max(start, piece->first), to = std::min(end, piece->second.end);
    if (from < to)
      chunks.push_back({from, piece->second.offset + (from - piece->first), to - from});
  }
  return chunks;
}

uint64_t OwedPages::next_after(uint64_t address, uint64_t limit) const {
  auto piece = pieces_.upper_bound(address);
  if (piece != pieces_.begin() && address < std::prev(piece)->second.end) return address;
  return piece == pieces_.end() ? limit : std::min(limit, piece->first);
}

uint64_t OwedPages::bytes() const {
  uint64_t sum = 0;
  for (const auto& [address, piece] : pieces_) sum += piece.end - address;
  return sum;
}

}  // namespace tubthump::stream
