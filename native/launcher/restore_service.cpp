#include "launcher/restore_service.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

#include "criu/find.h"
#include "launcher/plain_image.h"
#include "launcher/report.h"

namespace tubthump::launcher {

namespace {

Result<restore::RestoreOptions> request_of(const Options& options, const PlainImage& image,
                                           std::vector<std::string> arguments) {
  auto criu = criu::find(options.criu);
  if (!criu) return std::unexpected(criu.error());
  restore::RestoreOptions request;
  request.criu = *criu;
  request.images = image.path;
  request.public_key = image.public_key;
  if (options.verify) request.read_all = restore::ReadAll::Always;
  request.timeout = std::chrono::milliseconds(options.timeout_ms);
  request.paging = options.paging;
  request.on_lost = [json = options.json](const Error& error) { report(error, json); };
  request.payload = restore::make_payload(environ, options.environment);
  request.payload.args = std::move(arguments);
  request.payload.strict = options.strict;
  return request;
}

/// The copy runs, only slower than it could.
void warn_of_unused(const restore::Copy& copy) {
  if (copy.unused.empty()) return;
  std::fprintf(stderr, "tubthump: restored without its working set: %s\n", copy.unused.c_str());
}

}  // namespace

Result<restore::Copy> restore_service(const Options& options, std::vector<std::string> arguments) {
  auto image = open_plain(options.images, options.public_key, options.key);
  if (!image) return std::unexpected(image.error());
  auto request = request_of(options, *image, std::move(arguments));
  if (!request) return std::unexpected(request.error());
  auto copy = restore::restore_copy(*request);
  if (copy) warn_of_unused(*copy);
  return copy;
}

Result<restore::ParkedCopy> park_service(const Options& options,
                                         std::vector<std::string> arguments) {
  auto image = open_plain(options.images, options.public_key, options.key);
  if (!image) return std::unexpected(image.error());
  auto request = request_of(options, *image, std::move(arguments));
  if (!request) return std::unexpected(request.error());
  auto parked = restore::park_copy(*request);
  if (parked) warn_of_unused(parked->copy);
  return parked;
}

}  // namespace tubthump::launcher
