#include "launcher/parked.h"

#include <unistd.h>

#include <cstdio>

#include "launcher/report.h"
#include "launcher/restore_service.h"

namespace tubthump::launcher {

int restore_parked(const Options& options, Supervisor& supervisor) {
  auto parked = park_service(options, options.command);
  if (!parked) return report(parked.error(), options.json);
  const pid_t copy = parked->copy.pid;
  if (options.json)
    std::fprintf(stderr, "{\"parked\":{\"pid\":%d,\"launcher\":%d}}\n", copy, ::getpid());
  else
    std::fprintf(stderr, "tubthump: parked as pid %d: kill -CONT %d lets it go on\n", copy,
                 ::getpid());
  if (supervisor.wait_parked(copy))
    // When it ended in this very moment, supervise() finds out how.
    (void)restore::wake_copy(*parked);
  return supervisor.supervise(copy, std::move(parked->copy.channel));
}

}  // namespace tubthump::launcher
