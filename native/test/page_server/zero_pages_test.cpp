#include "page_server/zero_pages.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <random>
#include <string>

using namespace tubthump;
using criu_image::kPageSize;
using page_server::find_zeroes;

namespace {

/// Our own memory: a page for each letter, those of '.' are zeros.
class Pages {
 public:
  explicit Pages(const std::string& letters) : size_(letters.size() * kPageSize) {
    memory_ = static_cast<char*>(
        ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    REQUIRE(memory_ != MAP_FAILED);
    for (size_t i = 0; i < letters.size(); i++)
      if (letters[i] != '.') std::memset(memory_ + i * kPageSize, letters[i], kPageSize);
  }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;
  ~Pages() { ::munmap(memory_, size_); }
  [[nodiscard]] char* at(size_t page) const { return memory_ + page * kPageSize; }
  /// As text: "3 data, 8 zero".
  [[nodiscard]] std::string found(pid_t pid = ::getpid()) const {
    std::string text;
    const auto start = reinterpret_cast<uint64_t>(memory_);
    for (const auto& [pages, zero] : find_zeroes(pid, {start, size_ / kPageSize}))
      text += (text.empty() ? "" : ", ") + std::to_string(pages) + (zero ? " zero" : " data");
    return text;
  }

 private:
  size_t size_;
  char* memory_ = nullptr;
};

}  // namespace

TEST_CASE("pages of zeros are found, at the ends and between") {
  const std::string least(16, '.');
  CHECK(Pages(least + "a").found() == "16 zero, 1 data");
  CHECK(Pages("ab.." + least + "c").found() == "2 data, 18 zero, 1 data");
  CHECK(Pages("a" + least).found() == "1 data, 16 zero");
  CHECK(Pages("abc").found() == "3 data");
  CHECK(Pages(least + ".").found() == "17 zero");
}

TEST_CASE("a few of them are not worth a hole") {
  const std::string few(15, '.');
  CHECK(Pages("a" + few + "b").found() == "17 data");
  CHECK(Pages(".").found() == "1 data");
  CHECK(Pages("a" + few + "b" + few + ".c").found() == "17 data, 16 zero, 1 data");
}

TEST_CASE("a page with one byte that is not zero is none") {
  const Pages pages(std::string(33, '.'));
  pages.at(16)[kPageSize - 1] = 1;
  CHECK(pages.found() == "16 zero, 1 data, 16 zero");
}

TEST_CASE("a run that is longer than what is looked at once") {
  CHECK(Pages("a" + std::string(3000, '.') + "b").found() == "1 data, 3000 zero, 1 data");
}

TEST_CASE("what cannot be read counts as other pages") {
  CHECK(Pages(std::string(17, '.')).found(0x7ffffff0) == "17 data");
  const Pages pages(std::string(64, '.'));
  REQUIRE(::mprotect(pages.at(40), 24 * kPageSize, PROT_NONE) == 0);
  CHECK(pages.found() == "40 zero, 24 data");
}

TEST_CASE("whatever the order, exactly the long runs of zeros are found") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; round++) {
    std::string letters;
    while (letters.size() < 240) letters.append(random() % 40, random() % 2 ? '.' : 'a');
    std::string expected;
    for (size_t at = 0; at < letters.size();) {
      size_t end = letters.find_first_not_of(letters[at], at);
      if (end == std::string::npos) end = letters.size();
      const bool zero = letters[at] == '.' && end - at >= 16;
      expected.append(end - at, zero ? '.' : 'a');
      at = end;
    }
    const Pages pages(letters);
    std::string found;
    const auto start = reinterpret_cast<uint64_t>(pages.at(0));
    for (const auto& [count, zero] : find_zeroes(::getpid(), {start, letters.size()}))
      found.append(count, zero ? '.' : 'a');
    CHECK(found == expected);
  }
}
