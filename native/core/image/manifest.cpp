#include "image/manifest.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace tubthump::image {

namespace {

using nlohmann::json;

std::unexpected<Error> invalid(const std::string& what) {
  return fail(ErrorCode::ImageInvalid, "manifest.json: " + what);
}

template <class T>
bool take(const json& object, const char* key, T& out) {
  auto found = object.find(key);
  if (found == object.end()) return false;
  if constexpr (std::is_same_v<T, std::string>) {
    if (!found->is_string()) return false;
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!found->is_boolean()) return false;
  } else if (!found->is_number_integer()) {
    return false;
  }
  found->get_to(out);
  return true;
}

/// A number that JavaScript's cannot hold: digits in a string.
bool take_number(const json& object, const char* key, int64_t& out) {
  std::string text;
  if (!take(object, key, text)) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

const json& member(const json& object, const char* key) {
  static const json none;
  auto found = object.find(key);
  return found == object.end() ? none : *found;
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view text) {
  json root = json::parse(text, nullptr, false);
  if (!root.is_object()) return invalid("no JSON object");
  int format = 0;
  if (!take(root, "format", format)) return invalid("`format` is missing");
  if (format != kFormat)
    return fail(ErrorCode::ImageMismatch, "the image has format " + std::to_string(format) +
                                              ", this tubthump reads format " +
                                              std::to_string(kFormat));
  if (root.contains("encryption"))
    return fail(ErrorCode::Key, "the image is encrypted, and no key was given");
  Manifest manifest;
  if (!take(root, "id", manifest.id) || manifest.id.empty()) return invalid("`id` is missing");
  if (!take(root, "generation", manifest.generation)) return invalid("`generation` is missing");
  if (!take(root, "createdAt", manifest.created_ms)) return invalid("`createdAt` is missing");
  if (!take(root, "pid", manifest.pid) || manifest.pid <= 0) return invalid("`pid` is missing");
  if (!take(root, "shellJob", manifest.shell_job)) return invalid("`shellJob` is missing");
  if (!take(member(root, "channel"), "inode", manifest.channel_inode))
    return invalid("`channel.inode` is missing");
  for (const json& task : member(root, "tasks")) {
    if (!task.is_number_integer()) return invalid("`tasks` holds something else than ids");
    manifest.tasks.push_back(task.get<pid_t>());
  }
  if (manifest.tasks.empty()) return invalid("`tasks` is missing");
  // Of foreign images unknown, then.
  (void)take(root, "capabilities", manifest.capabilities);
  (void)take(root, "engine", manifest.engine);
  (void)take(member(root, "versions"), "criu", manifest.criu);
  for (const json& feature : member(root, "cpuFeatures"))
    if (feature.is_string()) manifest.cpu_features.push_back(feature);
  for (const json& file : member(root, "files")) {
    ImageFile entry;
    if (!take(file, "name", entry.name) || !take(file, "size", entry.size))
      return invalid("`files` holds an incomplete entry");
    if (entry.name.empty() || entry.name.find('/') != std::string::npos || entry.name == "..")
      return invalid("`files` names a path outside the image");
    if (take(file, "checksum", entry.checksum) &&
        !take_number(file, "modifiedNs", entry.modified_ns))
      return invalid("`files` holds a checksum without `modifiedNs`");
    manifest.files.push_back(std::move(entry));
  }
  if (manifest.files.empty()) return invalid("`files` is missing");
  for (const json& file : member(root, "requires")) {
    RequiredFile entry;
    if (!take(file, "path", entry.path) || !take(file, "size", entry.size))
      return invalid("`requires` holds an incomplete entry");
    manifest.requires_files.push_back(std::move(entry));
  }
  if (auto heap = root.find("heap"); heap != root.end())
    if (!take(*heap, "file", manifest.heap.file)) return invalid("`heap.file` is missing");
  return manifest;
}

Result<std::string> complete_manifest(std::string_view draft_json, const Manifest& facts) {
  json root = json::parse(draft_json, nullptr, false);
  if (!root.is_object())
    return fail(ErrorCode::HandoverInvalid, "manifest draft is no JSON object");
  root["format"] = kFormat;
  root["pid"] = facts.pid;
  root["tasks"] = facts.tasks;
  root["channel"] = {{"inode", facts.channel_inode}};
  root["shellJob"] = facts.shell_job;
  root["engine"] = facts.engine;
  if (!facts.heap.file.empty())
    root["heap"] = {{"file", facts.heap.file},
                    {"bytes", facts.heap.bytes},
                    {"vmas", facts.heap.vmas},
                    {"allVmas", facts.heap.all_vmas}};
  if (!facts.heap.file.empty() && (!root.contains("timings") || root["timings"].is_object()))
    root["timings"]["bakeMs"] = static_cast<double>(facts.bake_time.count()) / 1000;
  if (!facts.criu.empty() && (!root.contains("versions") || root["versions"].is_object()))
    root["versions"]["criu"] = facts.criu;
  if (!facts.not_baked.empty()) root["notBaked"] = facts.not_baked;
  uint64_t bytes = 0;
  json& files = root["files"] = json::array();
  for (const ImageFile& file : facts.files) {
    json entry{{"name", file.name}, {"size", file.size}};
    if (!file.checksum.empty()) {
      entry["modifiedNs"] = std::to_string(file.modified_ns);
      entry["checksum"] = file.checksum;
    }
    files.push_back(std::move(entry));
    bytes += file.stored;
  }
  root["bytes"] = bytes;
  json& required = root["requires"] = json::array();
  for (const RequiredFile& file : facts.requires_files)
    required.push_back({{"path", file.path}, {"size", file.size}});
  return root.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace tubthump::image
