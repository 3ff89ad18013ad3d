#include "stream/guard_frames.h"

#include <charconv>

namespace tubthump::stream {

std::string failed_frame(const Error& error) {
  return std::to_string(static_cast<int>(error.code)) + " " + error.message;
}

Error error_of_frame(std::string_view frame) {
  int code = 0;
  const auto [end, fault] = std::from_chars(frame.data(), frame.data() + frame.size(), code);
  if (fault != std::errc() || code < 0 || end == frame.data() + frame.size())
    return {ErrorCode::PageServer, "the page server says `" + std::string(frame) + "`"};
  return {static_cast<ErrorCode>(code), std::string(end + 1, frame.data() + frame.size())};
}

}  // namespace tubthump::stream
