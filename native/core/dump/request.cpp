#include "dump/request.h"

#include <nlohmann/json.hpp>

namespace tubthump::dump {

using nlohmann::json;

namespace {

std::unexpected<Error> invalid(const std::string& field) {
  return fail(ErrorCode::HandoverInvalid, "dump request: `" + field + "` is missing or wrong");
}

}  // namespace

Result<DumpRequest> parse_request(std::string_view text) {
  json root = json::parse(text, nullptr, false);
  if (!root.is_object()) return fail(ErrorCode::HandoverInvalid, "dump request is no JSON object");
  DumpRequest request;
  auto images = root.find("images");
  if (images == root.end() || !images->is_string()) return invalid("images");
  request.images = *images;
  if (auto it = root.find("criu"); it != root.end() && it->is_string()) request.criu = *it;
  if (auto it = root.find("service"); it != root.end() && it->is_string()) request.service = *it;
  if (auto it = root.find("pad"); it != root.end() && it->is_string()) request.pad = *it;
  auto leave = root.find("leaveRunning");
  if (leave == root.end() || !leave->is_boolean()) return invalid("leaveRunning");
  request.leave_running = *leave;
  auto timeout = root.find("timeoutMs");
  if (timeout == root.end() || !timeout->is_number_unsigned()) return invalid("timeoutMs");
  request.timeout = std::chrono::milliseconds(timeout->get<int64_t>());
  if (auto it = root.find("logLevel"); it != root.end() && it->is_number_unsigned())
    request.log_level = *it;
  const std::string engine = root.value("engine", "map");
  request.map_heap = engine == "map";
  request.stream = engine == "stream";
  auto draft = root.find("manifest");
  if (draft == root.end() || !draft->is_object()) return invalid("manifest");
  request.manifest_draft = draft->dump(-1, ' ', false, json::error_handler_t::replace);
  return request;
}

Result<Target> parse_target(std::string_view text) {
  json root = json::parse(text, nullptr, false);
  if (!root.is_object()) return fail(ErrorCode::HandoverInvalid, "target is no JSON object");
  auto pid = root.find("pid");
  if (pid == root.end() || !pid->is_number_unsigned()) return invalid("pid");
  auto inode = root.find("inode");
  if (inode == root.end() || !inode->is_number_unsigned()) return invalid("inode");
  Target target{pid->get<pid_t>(), inode->get<ino_t>(), {}};
  for (const json& range : root.value("heap", json::array()))
    target.heap.push_back({range.value("start", uint64_t{0}), range.value("size", uint64_t{0})});
  return target;
}

}  // namespace tubthump::dump
