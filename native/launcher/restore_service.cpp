#include "launcher/restore_service.h"

#include <unistd.h>

#include "criu/find.h"

namespace tubthump::launcher {

Result<restore::Copy> restore_service(const Options& options, std::vector<std::string> arguments) {
  auto criu = criu::find(options.criu);
  if (!criu) return std::unexpected(criu.error());
  restore::RestoreOptions request;
  request.criu = *criu;
  request.images = options.images;
  request.public_key = options.public_key;
  request.timeout = std::chrono::milliseconds(options.timeout_ms);
  request.payload = restore::make_payload(environ, options.environment);
  request.payload.args = std::move(arguments);
  request.payload.strict = options.strict;
  return restore::restore_copy(request);
}

}  // namespace tubthump::launcher
