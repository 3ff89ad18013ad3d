#include "launcher/moment.h"

#include <algorithm>
#include <array>
#include <string>

namespace tubthump::launcher {

namespace {

constexpr std::array<std::string_view, 5> kNames = {"manual", "before-listen", "listening", "ready",
                                                    "warm"};
constexpr std::array<std::string_view, 2> kCounted = {"requests=", "idle="};

/// 1 to 999999999, as src/when/moment.ts reads it.
bool is_count(std::string_view text) {
  return !text.empty() && text.size() <= 9 && text[0] != '0' &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<void> check_moment(std::string_view moment) {
  if (std::ranges::find(kNames, moment) != kNames.end()) return {};
  for (std::string_view prefix : kCounted)
    if (moment.starts_with(prefix) && is_count(moment.substr(prefix.size()))) return {};
  return fail(ErrorCode::Usage,
              "--checkpoint takes manual, before-listen, listening, ready, warm, requests=N or "
              "idle=MS, not `" +
                  std::string(moment) + "`");
}

Result<void> check_signal(std::string_view name) {
  if (name == "SIGUSR2" || name == "SIGHUP") return {};
  return fail(ErrorCode::Usage,
              "--signal takes SIGUSR2 or SIGHUP, not `" + std::string(name) + "`");
}

bool is_automatic(std::string_view moment) { return !moment.empty() && moment != "manual"; }

}  // namespace tubthump::launcher
