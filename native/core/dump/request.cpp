#include "dump/request.h"

#include <nlohmann/json.hpp>

namespace tubthump::dump {

using nlohmann::json;

namespace {

constexpr uint64_t kMostMs = INT32_MAX;
constexpr uint64_t kMostPids = 1 << 22;  // PID_MAX_LIMIT
constexpr uint64_t kMostVerbose = 4;

std::unexpected<Error> invalid(const std::string& field) {
  return fail(ErrorCode::HandoverInvalid, "dump request: `" + field + "` is missing or wrong");
}

/// A member of `object`, or null.
const json& member(const json& object, const char* name) {
  static const json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

/// Whether it is a number from 0 to `most`.
template <class Number>
bool take(const json& object, const char* name, Number& out, uint64_t most = UINT64_MAX) {
  const json& value = member(object, name);
  if (!value.is_number_unsigned() || value.get<uint64_t>() > most) return false;
  out = static_cast<Number>(value.get<uint64_t>());
  return true;
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
  uint64_t timeout = 0;
  if (!take(root, "timeoutMs", timeout, kMostMs)) return invalid("timeoutMs");
  request.timeout = std::chrono::milliseconds(timeout);
  (void)take(root, "logLevel", request.log_level, kMostVerbose);
  std::string engine = "map";
  if (root.contains("engine")) {
    if (!root["engine"].is_string()) return invalid("engine");
    engine = root["engine"];
  }
  request.map_heap = engine == "map";
  request.stream = engine == "stream";
  if (auto it = root.find("encrypt"); it != root.end() && it->is_string()) request.key.file = *it;
  if (auto it = root.find("encryptCommand"); it != root.end() && it->is_string())
    request.key.command = *it;
  auto draft = root.find("manifest");
  if (draft == root.end() || !draft->is_object()) return invalid("manifest");
  request.manifest_draft = draft->dump(-1, ' ', false, json::error_handler_t::replace);
  return request;
}

Result<Target> parse_target(std::string_view text) {
  json root = json::parse(text, nullptr, false);
  if (!root.is_object()) return fail(ErrorCode::HandoverInvalid, "target is no JSON object");
  Target target;
  if (!take(root, "pid", target.pid, kMostPids)) return invalid("pid");
  if (!take(root, "inode", target.channel_inode)) return invalid("inode");
  const json& heap = member(root, "heap");
  if (!heap.is_null() && !heap.is_array()) return invalid("heap");
  for (const json& range : heap) {
    bake::HeapRange taken{};
    if (!take(range, "start", taken.start) || !take(range, "size", taken.size))
      return invalid("heap");
    target.heap.push_back(taken);
  }
  return target;
}

}  // namespace tubthump::dump
