#include "rpc/criu_log.h"

#include <algorithm>
#include <array>

namespace tubthump::rpc {

namespace {

/// Errors that CRIU logs also when all goes well.
constexpr std::array kHarmless = {
    // Without CAP_SYS_RESOURCE; CRIU goes on with the limit it has.
    std::string_view("Can't setup RLIMIT_NOFILE"),
    // The last lines of every failure: true, but no reason.
    std::string_view("Dumping FAILED"),
    std::string_view("Restoring FAILED"),
    // What a program that CRIU started came to, after what it wrote itself.
    std::string_view("): exited, status="),
};

bool is_harmless(std::string_view line) {
  return std::ranges::any_of(kHarmless, [&](std::string_view known) {
    return line.find(known) != std::string_view::npos;
  });
}

constexpr std::string_view kMark = "Error (";

}  // namespace

std::string first_error(std::string_view log) {
  while (!log.empty()) {
    size_t end = std::min(log.find('\n'), log.size());
    std::string_view line = log.substr(0, end);
    log.remove_prefix(std::min(end + 1, log.size()));
    size_t mark = line.find(kMark);
    if (mark == std::string_view::npos || is_harmless(line)) continue;
    line.remove_prefix(mark + kMark.size());
    size_t place_end = line.find("): ");
    if (place_end == std::string_view::npos) continue;
    std::string_view place = line.substr(0, place_end);
    if (size_t slash = place.rfind('/'); slash != std::string_view::npos)
      place.remove_prefix(slash + 1);
    return std::string(place) + ": " + std::string(line.substr(place_end + 3));
  }
  return {};
}

}  // namespace tubthump::rpc
