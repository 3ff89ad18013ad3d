// fuzz TARGET SECONDS CORPUS [SEED]
//
// A small coverage-guided fuzzer, for gcc has no libFuzzer, and the clang of Debian 12 no
// std::expected. Runs every file of CORPUS, then mutations of what reached something new; those are
// added to CORPUS when there is nothing like them yet. What crashes is written to ./crash-TARGET.
#include <sanitizer/common_interface_defs.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "coverage.h"
#include "target.h"

namespace fs = std::filesystem;
using namespace tubthump::fuzz;

namespace {

constexpr size_t kLargest = 4096;

std::string current;
std::string crash_file;

void keep_current() {
  std::ofstream(crash_file, std::ios::binary) << current;
  std::fprintf(stderr, "the input is in %s\n", crash_file.c_str());
}

class Mutator {
 public:
  explicit Mutator(uint64_t seed) : random_(seed) {}

  /// A change or a few: bits, bytes, numbers at a border, pieces cut out, doubled or taken from
  /// another input.
  std::string mutate(std::string bytes, const std::vector<std::string>& pool) {
    for (size_t changes = 1 + below(4); changes > 0; changes--) change(bytes, pool);
    if (bytes.size() > kLargest) bytes.resize(kLargest);
    return bytes;
  }

  size_t below(size_t limit) { return limit ? random_() % limit : 0; }

 private:
  void change(std::string& bytes, const std::vector<std::string>& pool) {
    static constexpr unsigned char kBorders[] = {0, 1, 0x7f, 0x80, 0xff, '\n', '"', '{', '['};
    const size_t at = below(bytes.size() + 1), size = below(bytes.size() - at + 1);
    const std::string& other = pool[below(pool.size())];
    switch (below(6)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
      case 1:
        if (at < bytes.size()) bytes[at] = static_cast<char>(kBorders[below(std::size(kBorders))]);
        break;
      case 2:
        bytes.insert(at, 1 + below(8), static_cast<char>(random_()));
        break;
      case 3:
        bytes.erase(at, size);
        break;
      case 4:
        bytes.insert(at, bytes.substr(at, std::min<size_t>(size, 64)));
        break;
      default:
        bytes = bytes.substr(0, at) + other.substr(below(other.size() + 1));
    }
  }

  std::mt19937_64 random_;
};

std::vector<std::string> read_corpus(const fs::path& directory) {
  std::vector<std::string> inputs;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(directory, missing)) {
    std::ifstream file(entry.path(), std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

void add_to_corpus(const fs::path& directory, const std::string& bytes) {
  char name[17];
  std::snprintf(name, sizeof name, "%016zx", std::hash<std::string>()(bytes));
  std::ofstream(directory / name, std::ios::binary) << bytes;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string name = argc > 3 ? argv[1] : "";
  const auto target = std::ranges::find(targets(), name, &Target::name);
  if (target == targets().end()) {
    std::fputs("fuzz TARGET SECONDS CORPUS [SEED]\n", stderr);
    for (const Target& known : targets()) std::fprintf(stderr, "  %s\n", known.name.data());
    return 64;
  }
  const uint64_t seed = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : std::random_device()();
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[2]));
  const fs::path corpus = argv[3];
  crash_file = "crash-" + name;
  __sanitizer_set_death_callback(keep_current);

  const auto run = [&](std::string bytes) {
    const size_t before = covered();
    current = std::move(bytes);
    target->run(current);
    return covered() > before;
  };
  std::vector<std::string> pool = read_corpus(corpus);
  const size_t known = pool.size();
  if (pool.empty()) pool.emplace_back();
  for (const std::string& input : pool) run(input);
  Mutator mutator(seed);
  size_t runs = pool.size();
  for (; std::chrono::steady_clock::now() < end; runs++) {
    if (!run(mutator.mutate(pool[mutator.below(pool.size())], pool))) continue;
    pool.push_back(current);
    add_to_corpus(corpus, current);
  }
  std::printf("%s: %zu runs, %zu places, corpus %zu + %zu, seed %llu\n", name.c_str(), runs,
              covered(), known, pool.size() - std::max<size_t>(known, 1),
              static_cast<unsigned long long>(seed));
  return 0;
}
