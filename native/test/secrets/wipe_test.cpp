#include "secrets/wipe.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace tubthump;

namespace {

secrets::Pattern bytes_of(const std::string& text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

/// The secret, never in memory as it is but in the string that is returned.
std::string secret(char first) {
  std::string text;
  for (char offset = 0; offset < 20; offset++) text += static_cast<char>(first + offset);
  return text;
}

std::string wide(const std::string& text) {
  std::string result;
  for (char c : text) {
    result += c;
    result += '\0';
  }
  return result;
}

}  // namespace

TEST_CASE("every copy is overwritten, the pattern itself too, and comes back") {
  const std::string pattern = secret('A');
  const std::string wide_pattern = wide(secret('A'));
  // Across a chunk of the search, at its ends, and twice in a row.
  std::string heap(5'000'000, '.');
  for (size_t at : {0UL, 20UL, 1'048'570UL, 3'333'333UL, heap.size() - 20})
    std::ranges::copy(secret('A'), heap.begin() + static_cast<long>(at));
  std::ranges::copy(wide(secret('A')), heap.begin() + 4'000'000);
  const std::string before = heap;
  // `before` is searched as well.
  const std::vector<secrets::Pattern> patterns{bytes_of(wide_pattern), bytes_of(pattern)};
  auto found = secrets::wipe(patterns);
  REQUIRE(found);
  CHECK(found->size() >= 2 * 6 + 2);
  CHECK(heap.find(secret('A')) == std::string::npos);
  CHECK(heap.find(wide(secret('A'))) == std::string::npos);
  CHECK(std::ranges::count(heap, '*') == 6 * 20);
  CHECK(heap.substr(4'000'000, 4) == std::string("*\0*\0", 4));
  CHECK(pattern == std::string(20, '*'));

  const std::string again = secret('A'), wide_again = wide(again);
  // What somebody else wrote there meanwhile stays.
  heap[20] = 'x';
  const std::vector<secrets::Pattern> same{bytes_of(wide_again), bytes_of(again)};
  auto done = secrets::put_back(same, *found);
  REQUIRE(done);
  CHECK(heap.substr(0, 20) == again);
  CHECK(heap.substr(20, 20) == "x" + std::string(19, '*'));
  CHECK(heap.substr(1'048'570, 20) == again);
  CHECK(heap.substr(4'000'000, 40) == wide_again);
  CHECK(pattern == again);
}

TEST_CASE("nothing to wipe is no error") {
  auto found = secrets::wipe({});
  REQUIRE(found);
  CHECK(found->empty());
}
