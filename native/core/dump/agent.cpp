#include "dump/agent.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "dump/dump.h"
#include "dump/request.h"
#include "handover/channel.h"
#include "handover/stdio.h"

namespace tubthump::dump {

namespace {

using nlohmann::json;

/// A service that cannot finish its two frames in this time is not there any more.
constexpr std::chrono::seconds kGreeting{10};

/// What arrived, not yet understood: whatever happens, the descriptors go back.
struct Asked {
  std::string request;
  std::string target;
  std::vector<UniqueFd> kept;
};

Result<Asked> receive_request(int channel) {
  const Deadline deadline = Deadline::after(kGreeting);
  auto request = handover::receive_frame(channel, deadline);
  if (!request) return std::unexpected(request.error());
  auto target = handover::receive_frame(channel, deadline);
  if (!target) return std::unexpected(target.error());
  // The service's descriptors are final only after this third frame.
  auto ready = handover::receive_frame(channel, deadline);
  if (!ready) return std::unexpected(ready.error());
  return Asked{std::move(request->json), std::move(target->json), std::move(target->fds)};
}

Result<void> serve(const Asked& asked) {
  auto request = parse_request(asked.request);
  if (!request) return std::unexpected(request.error());
  auto target = parse_target(asked.target);
  if (!target) return std::unexpected(target.error());
  return dump_image(*request, *target);
}

std::string failure(const Error& error) {
  json answer{{"status", "failed"},
              {"code", code_string(error.code)},
              {"message", error.message},
              {"errno", error.sys_errno},
              {"log", error.log}};
  return answer.dump(-1, ' ', false, json::error_handler_t::replace);
}

void answer(int channel, std::string_view text, const std::vector<UniqueFd>& kept) {
  std::vector<int> fds;
  for (const UniqueFd& fd : kept) fds.push_back(fd.get());
  // Nobody listens when the dump ended the service: not an error.
  (void)handover::send_frame(channel, text, fds, Deadline::after(kGreeting));
}

}  // namespace

int dump_agent(int channel_fd) {
  UniqueFd channel(channel_fd);
  // A terminal or pipe of the service must not stay open because of us.
  if (!handover::park(handover::kStdio)) return 1;
  auto asked = receive_request(channel.get());
  if (!asked) {
    answer(channel.get(), failure(asked.error()), {});
    return 1;
  }
  auto dumped = serve(*asked);
  answer(channel.get(), dumped ? R"({"status":"resumed"})" : failure(dumped.error()), asked->kept);
  return dumped ? 0 : 1;
}

}  // namespace tubthump::dump
