// The little of HTTP/1.1 that a meter needs: GET over a loopback connection that is kept.
//
//   auto connection = Connection::open(3000);
//   auto took = connection->get("/");     // nanoseconds from the request to the end of the answer
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "error/error.h"
#include "os/unique_fd.h"

namespace tubthump::meter {

/// Finds the end of one answer in a stream of bytes. Knows Content-Length and chunked bodies.
class AnswerReader {
 public:
  /// True when the answer is complete; bytes after its end are not expected and are an error.
  Result<bool> feed(std::string_view bytes);
  /// Of the status line; 0 before it is there.
  [[nodiscard]] int status() const { return status_; }

 private:
  Result<void> read_head();
  Result<bool> skip_chunks();

  std::string pending_;  ///< Not yet understood: the head, or what is left of a chunk's head.
  int status_ = 0;
  bool in_body_ = false;
  bool chunked_ = false;
  size_t left_ = 0;  ///< Of the body, or of the present chunk with its line end.
};

class Connection {
 public:
  /// Errors: System, with ECONNREFUSED when nobody listens.
  static Result<Connection> open(uint16_t port);

  /// Sends the request; one at a time on a connection. Errors: System.
  Result<void> send(std::string_view path);
  /// Waits for the end of the answer. Errors: System, when it is not a 200.
  Result<void> receive();
  /// Waits for the first bytes of the answer, which stays unread.
  bool starts_with(std::string_view expected);
  Result<std::chrono::nanoseconds> get(std::string_view path);

 private:
  Connection(UniqueFd socket, uint16_t port) : socket_(std::move(socket)), port_(port) {}
  UniqueFd socket_;
  uint16_t port_;
};

/// The connection over which somebody says 200 now: at the first bytes of the answer, which is to
/// be received. Nothing when nobody does. A socket that listens before its service runs keeps us
/// waiting, as it does any client.
std::optional<Connection> says_200(uint16_t port, std::string_view path);

}  // namespace tubthump::meter
