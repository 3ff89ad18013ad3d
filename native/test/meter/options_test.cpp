#include "meter/options.h"

#include <doctest/doctest.h>
#include <getopt.h>

#include <string>
#include <vector>

using namespace tubthump;

namespace {

Result<meter::Options> parse(std::vector<std::string> words) {
  words.insert(words.begin(), "tubthump-meter");
  static std::vector<char*> pointers;
  static std::vector<std::string> kept;
  kept = std::move(words);
  pointers.clear();
  for (auto& word : kept) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  optind = 0;  // getopt(3): start anew.
  return meter::parse(static_cast<int>(kept.size()), pointers.data());
}

}  // namespace

TEST_CASE("what follows the options is the command, with options of its own") {
  const auto options = parse({"--port", "3000", "--copies", "8", "--own-network", "--evict", "dir",
                              "--pause", "0.5", "--", "node", "--port", "1"});
  REQUIRE(options);
  CHECK(options->port == 3000);
  CHECK(options->copies == 8);
  CHECK(options->evict == "dir");
  CHECK(options->pause == 0.5);
  CHECK(std::string(options->command[0]) == "node");
  CHECK(std::string(options->command[1]) == "--port");
}

TEST_CASE("options that make no sense are refused") {
  CHECK_FALSE(parse({"node"}));
  CHECK_FALSE(parse({"--port", "3000"}));
  CHECK_FALSE(parse({"--port", "3000", "--copies", "0", "node"}));
  CHECK_FALSE(parse({"--port", "3000", "--copies", "2", "node"}));
  CHECK_FALSE(parse({"--port", "3000", "--no-such", "node"}));
}
