#include "encryption/sealed_manifest.h"

#include <sodium.h>

#include <nlohmann/json.hpp>

namespace tubthump::encryption {

namespace {

using nlohmann::json;

/// Labels are for people who look for images: whoever sets them knows that they are not secret.
constexpr const char* kPublic[] = {"format", "id",     "createdAt", "generation", "engine",
                                   "labels", "memory", "heap",      "notBaked",   "versions"};

}  // namespace

Result<std::string> public_manifest(std::string_view manifest,
                                    const std::vector<image::ImageFile>& files, const KeyId& key) {
  const json whole = json::parse(manifest, nullptr, false);
  if (!whole.is_object()) return fail(ErrorCode::ImageInvalid, "manifest.json: no JSON object");
  json open = json::object();
  for (const char* field : kPublic)
    if (auto found = whole.find(field); found != whole.end()) open[field] = *found;
  open["encryption"] = {{"cipher", "AES-256-GCM"}, {"key", hex(key)}};
  open["pid"] = 0;  // Readers of all images expect one.
  uint64_t bytes = 0;
  json& list = open["files"] = json::array();
  for (const image::ImageFile& file : files) {
    list.push_back({{"name", file.name}, {"size", file.size}});
    bytes += file.size;
  }
  open["bytes"] = bytes;
  return open.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<uint64_t> encrypted_size(std::string_view text) {
  const json root = json::parse(text, nullptr, false);
  if (!root.is_object()) return fail(ErrorCode::ImageInvalid, "manifest.json: no JSON object");
  if (!root.contains("encryption"))
    return fail(ErrorCode::ImageUntrusted, "a key was given, and the image is not encrypted");
  const auto bytes = root.find("bytes");
  if (bytes == root.end() || !bytes->is_number_unsigned())
    return fail(ErrorCode::ImageInvalid, "manifest.json: `bytes` is missing");
  return bytes->get<uint64_t>();
}

std::string digest_of(std::string_view public_manifest) {
  std::string digest(crypto_hash_sha512_BYTES, '\0');
  ::crypto_hash_sha512(reinterpret_cast<unsigned char*>(digest.data()),
                       reinterpret_cast<const unsigned char*>(public_manifest.data()),
                       public_manifest.size());
  return digest;
}

}  // namespace tubthump::encryption
