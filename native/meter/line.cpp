#include "meter/line.h"

#include <sys/socket.h>

namespace tubthump::meter {

namespace {

constexpr char kGo = '!';
constexpr char kDone = '+';
constexpr char kFailed = '-';
/// Some thousand latencies as text.
constexpr size_t kLongest = 1 << 17;

}  // namespace

Result<std::pair<Line, Line>> Line::pair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
    return fail_errno(ErrorCode::System, "socketpair");
  return std::pair{Line(UniqueFd(ends[0])), Line(UniqueFd(ends[1]))};
}

Result<void> Line::go() {
  if (::send(socket_.get(), &kGo, 1, MSG_NOSIGNAL) == 1) return {};
  return fail_errno(ErrorCode::System, "talk to a copy's process");
}

Result<void> Line::await_go() {
  char byte = 0;
  if (::recv(socket_.get(), &byte, 1, 0) == 1 && byte == kGo) return {};
  return fail(ErrorCode::System, "the meter is gone");
}

void Line::report(const Result<std::string>& outcome) {
  const std::string message = outcome ? kDone + *outcome : kFailed + outcome.error().message;
  // Nobody to tell when this fails: the other end sees that we are gone.
  (void)!::send(socket_.get(), message.data(), message.size(), MSG_NOSIGNAL);
}

Result<std::string> Line::await_report() {
  std::string message(kLongest, '\0');
  const ssize_t size = ::recv(socket_.get(), message.data(), message.size(), 0);
  if (size < 1) return fail(ErrorCode::System, "the process of a copy has died");
  message.resize(static_cast<size_t>(size));
  if (message.front() == kFailed) return fail(ErrorCode::System, message.substr(1));
  return message.substr(1);
}

}  // namespace tubthump::meter
