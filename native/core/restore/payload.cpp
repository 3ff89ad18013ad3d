#include "restore/payload.h"

#include <sys/random.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

namespace tubthump::restore {

namespace {

void put(Payload& payload, std::string_view entry) {
  size_t equals = entry.find('=');
  if (equals == std::string_view::npos || equals == 0) return;
  payload.environment[std::string(entry.substr(0, equals))] = entry.substr(equals + 1);
}

/// "NAME=value" each. As members of an object they would be properties, and V8 would make a hidden
/// class for each of them in every copy.
std::vector<std::string> entries_of(const Payload& payload) {
  std::vector<std::string> entries;
  entries.reserve(payload.environment.size());
  for (const auto& [name, value] : payload.environment) entries.push_back(name + "=" + value);
  return entries;
}

/// A random UUID (RFC 9562, version 4).
std::string random_uuid() {
  std::array<uint8_t, 16> bytes;
  // At most 256 bytes after boot: neither short nor interrupted (getrandom(2)).
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3f) | 0x80);
  std::string text;
  for (size_t i = 0; i < bytes.size(); i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", bytes[i]);
    text += digits;
  }
  return text;
}

}  // namespace

Payload make_payload(const char* const* environment, const std::vector<std::string>& overrides) {
  Payload payload;
  for (; *environment; environment++) put(payload, *environment);
  for (const std::string& entry : overrides) put(payload, entry);
  payload.clone_id = random_uuid();
  return payload;
}

std::string encode_payload(const Payload& payload, const image::Manifest& manifest,
                           std::chrono::milliseconds parked) {
  using nlohmann::json;
  json frame{{"reason", "restored"},
             {"imageId", manifest.id},
             {"generation", manifest.generation + 1},
             {"checkpointedAt", manifest.created_ms},
             {"parkedMs", parked.count()},
             {"cloneId", payload.clone_id},
             {"environment", entries_of(payload)},
             {"args", payload.args},
             {"copy", {{"number", payload.number}}},
             {"strict", payload.strict}};
  if (payload.pid > 0) frame["copy"]["pid"] = payload.pid;
  if (!payload.log.empty()) frame["copy"]["log"] = payload.log;
  // Environments may hold bytes that are no UTF-8; JSON cannot.
  return frame.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace tubthump::restore
