#include "meter/parked.h"

#include <poll.h>
#include <unistd.h>

#include <thread>

namespace tubthump::meter {

namespace {

/// What a parked copy still does is done in a few milliseconds.
constexpr std::chrono::milliseconds kRest{100};

}  // namespace

Result<void> await_parked(const UniqueFd& said, Deadline deadline) {
  std::string text;
  while (text.find("parked as pid") == std::string::npos) {
    pollfd entry{said.get(), POLLIN, 0};
    char part[512];
    ssize_t size = 0;
    if (::poll(&entry, 1, deadline.poll_timeout()) > 0)
      size = ::read(said.get(), part, sizeof part);
    if (size <= 0) return fail(ErrorCode::System, "it was not parked: " + text);
    text.append(part, static_cast<size_t>(size));
  }
  std::this_thread::sleep_for(kRest);
  return {};
}

}  // namespace tubthump::meter
