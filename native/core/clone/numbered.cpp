#include "clone/numbered.h"

#include <charconv>

namespace tubthump::clone {

namespace {

constexpr std::string_view kMark = "{n}";
constexpr int kLastPort = 65'535;

}  // namespace

std::string numbered(std::string_view text, int number) {
  std::string result;
  for (size_t mark; (mark = text.find(kMark)) != std::string_view::npos;) {
    result.append(text.substr(0, mark)).append(std::to_string(number));
    text.remove_prefix(mark + kMark.size());
  }
  return result.append(text);
}

Result<int> first_port(std::string_view text, int last) {
  const std::string wrong = "--port takes the first port and a plus, 8100+, not `";
  int port = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || std::string_view(end, text.data() + text.size()) != "+" || port < 1)
    return fail(ErrorCode::Usage, wrong + std::string(text) + "`");
  if (port > kLastPort - last + 1)
    return fail(ErrorCode::Usage, "--port " + std::string(text) + ": copy " + std::to_string(last) +
                                      " would be beyond 65535");
  return port;
}

}  // namespace tubthump::clone
