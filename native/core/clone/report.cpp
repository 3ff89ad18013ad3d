#include "clone/report.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "clone/pid_outside.h"
#include "handover/channel.h"

namespace tubthump::clone {

namespace {

using nlohmann::json;

Result<void> send(int socket, const json& report, std::span<const int> fds = {}) {
  // Nobody else writes, and the keeper reads whatever comes.
  return handover::send_frame(socket, report.dump(-1, ' ', false, json::error_handler_t::replace),
                              fds, Deadline::never());
}

}  // namespace

Result<void> report_restored(int socket, const restore::Copy& copy,
                             std::chrono::milliseconds took) {
  UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, copy.pid, 0)));
  if (!process) return fail_errno(ErrorCode::System, "pidfd_open");
  const int fd = process.get();
  return send(socket,
              {{"report", "restored"},
               {"cloneId", copy.clone_id},
               {"imageId", copy.image_id},
               {"generation", copy.generation},
               {"tookMs", took.count()}},
              {&fd, 1});
}

Result<void> report_failed(int socket, const Error& error) {
  return send(socket, {{"report", "failed"},
                       {"code", static_cast<int>(error.code)},
                       {"message", error.message},
                       {"errno", error.sys_errno},
                       {"log", error.log}});
}

Result<void> report_ended(int socket, int status) {
  return send(socket, {{"report", "ended"}, {"status", status}});
}

Result<Report> receive_report(int socket) {
  auto frame = handover::receive_frame(socket, Deadline::never());
  if (!frame) return std::unexpected(frame.error());
  // Both ends are this program: no field can be missing.
  const json report = json::parse(frame->json);
  const std::string kind = report["report"];
  if (kind == "ended") return Ended{report["status"]};
  if (kind == "failed")
    return Error{static_cast<ErrorCode>(report["code"].get<int>()), report["message"],
                 report["errno"], report["log"]};
  if (frame->fds.size() != 1) return fail(ErrorCode::System, "a report without its descriptor");
  Restored restored{.pid = pid_of_descriptor("/proc", frame->fds[0].get()),
                    .process = std::move(frame->fds[0]),
                    .clone_id = report["cloneId"],
                    .image_id = report["imageId"],
                    .generation = report["generation"],
                    .took_ms = report["tookMs"]};
  return Report(std::move(restored));
}

}  // namespace tubthump::clone
