#include "meter/http.h"

#include <doctest/doctest.h>

using tubthump::meter::AnswerReader;

namespace {

/// Fed byte by byte: true at which byte, or 0 when never.
size_t complete_after(std::string_view answer, AnswerReader& reader) {
  for (size_t i = 0; i < answer.size(); i++) {
    auto complete = reader.feed(answer.substr(i, 1));
    REQUIRE(complete);
    if (*complete) return i + 1;
  }
  return 0;
}

}  // namespace

TEST_CASE("an answer with a length ends after as many bytes") {
  const std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  AnswerReader reader;
  CHECK(complete_after(answer, reader) == answer.size());
  CHECK(reader.status() == 200);
}

TEST_CASE("an answer without content ends with its head") {
  for (const std::string_view answer :
       {"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n"}) {
    AnswerReader reader;
    CHECK(complete_after(answer, reader) == answer.size());
  }
}

TEST_CASE("an answer in chunks ends after the empty one") {
  const std::string_view answer =
      "HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhel\r\n\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n";
  AnswerReader slow;
  CHECK(complete_after(answer, slow) == answer.size());
  CHECK(slow.status() == 503);
  AnswerReader fast;
  CHECK(fast.feed(answer).value());
}

TEST_CASE("what is no answer is an error") {
  for (const std::string_view answer :
       {"SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nuntil the end",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nlong\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nmore"}) {
    AnswerReader reader;
    CHECK_FALSE(reader.feed(answer));
  }
}
