#include "meter/http.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <optional>

namespace tubthump::meter {

namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kGood = "HTTP/1.1 200";
/// A service that takes longer for one answer is broken, or stopped.
constexpr timeval kAnswerLimit{60, 0};

std::unexpected<Error> malformed(const char* what) {
  return fail(ErrorCode::System, std::string("not an HTTP answer: ") + what);
}

std::optional<std::string> header(const std::string& lower_head, std::string_view name) {
  const size_t at = lower_head.find("\r\n" + std::string(name) + ":");
  if (at == std::string::npos) return std::nullopt;
  const size_t start = at + name.size() + 3;
  return lower_head.substr(start, lower_head.find(kLineEnd, start) - start);
}

}  // namespace

Result<void> AnswerReader::read_head() {
  std::string head = pending_.substr(0, pending_.find(kHeadEnd) + kLineEnd.size());
  pending_.erase(0, head.size() + kLineEnd.size());
  std::ranges::transform(head, head.begin(), [](unsigned char c) { return std::tolower(c); });
  if (!head.starts_with("http/1.1 ") || head.size() < 12) return malformed("its first line");
  status_ = std::atoi(head.c_str() + 9);
  in_body_ = true;
  if (status_ == 204 || status_ == 304) return {};
  if (auto length = header(head, "content-length")) {
    left_ = std::strtoull(length->c_str(), nullptr, 10);
  } else if (auto coding = header(head, "transfer-encoding");
             coding && coding->contains("chunked")) {
    chunked_ = true;
  } else {
    return malformed("neither a length nor chunks, which a kept connection needs");
  }
  return {};
}

/// A body in chunks: size in hex, line end, bytes, line end; the last one has the size 0.
Result<bool> AnswerReader::skip_chunks() {
  for (;;) {
    const size_t skipped = std::min(left_, pending_.size());
    pending_.erase(0, skipped);
    left_ -= skipped;
    if (left_ > 0) return false;
    const size_t end = pending_.find(kLineEnd);
    if (end == std::string::npos) return false;
    size_t size = 0;
    const char* first = pending_.data();
    if (std::from_chars(first, first + end, size, 16).ec != std::errc{})
      return malformed("the size of a chunk");
    if (size == 0) {
      if (pending_.size() < end + kHeadEnd.size()) return false;  // Trailers are not expected.
      pending_.erase(0, end + kHeadEnd.size());
      return true;
    }
    left_ = end + kLineEnd.size() + size + kLineEnd.size();
  }
}

Result<bool> AnswerReader::feed(std::string_view bytes) {
  pending_ += bytes;
  if (!in_body_) {
    if (!pending_.contains(kHeadEnd)) return false;
    if (auto read = read_head(); !read) return std::unexpected(read.error());
  }
  bool complete = false;
  if (chunked_) {
    auto skipped = skip_chunks();
    if (!skipped) return skipped;
    complete = *skipped;
  } else {
    const size_t skipped = std::min(left_, pending_.size());
    pending_.erase(0, skipped);
    left_ -= skipped;
    complete = left_ == 0;
  }
  if (complete && !pending_.empty()) return malformed("more than one answer");
  return complete;
}

Result<Connection> Connection::open(uint16_t port) {
  UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return fail_errno(ErrorCode::System, "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0)
    return fail_errno(ErrorCode::System, "connect");
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &kAnswerLimit, sizeof kAnswerLimit);
  return Connection(std::move(socket), port);
}

Result<void> Connection::send(std::string_view path) {
  // As Node's client writes it, by which images are warmed up: no other code is to be needed.
  const std::string request = "GET " + std::string(path) +
                              " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                              "\r\nConnection: keep-alive\r\n\r\n";
  if (::send(socket_.get(), request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size()))
    return fail_errno(ErrorCode::System, "send a request");
  return {};
}

Result<void> Connection::receive() {
  AnswerReader reader;
  char bytes[16384];
  for (;;) {
    const ssize_t count = ::recv(socket_.get(), bytes, sizeof bytes, 0);
    if (count < 0) return fail_errno(ErrorCode::System, "receive an answer");
    if (count == 0) return fail(ErrorCode::System, "the service closed the connection");
    auto complete = reader.feed({bytes, static_cast<size_t>(count)});
    if (!complete) return std::unexpected(complete.error());
    if (*complete) break;
  }
  if (reader.status() == 200) return {};
  return fail(ErrorCode::System, "an answer has status " + std::to_string(reader.status()));
}

bool Connection::starts_with(std::string_view expected) {
  std::string start(expected.size(), '\0');
  return ::recv(socket_.get(), start.data(), start.size(), MSG_PEEK | MSG_WAITALL) ==
             static_cast<ssize_t>(start.size()) &&
         start == expected;
}

Result<std::chrono::nanoseconds> Connection::get(std::string_view path) {
  const auto begin = std::chrono::steady_clock::now();
  if (auto sent = send(path); !sent) return std::unexpected(sent.error());
  if (auto received = receive(); !received) return std::unexpected(received.error());
  return std::chrono::steady_clock::now() - begin;
}

std::optional<Connection> says_200(uint16_t port, std::string_view path) {
  auto connection = Connection::open(port);
  if (!connection || !connection->send(path) || !connection->starts_with(kGood))
    return std::nullopt;
  return std::move(*connection);
}

}  // namespace tubthump::meter
