#include <cstdlib>

#include "criu_image/files.h"
#include "criu_image/mm.h"
#include "criu_image/pagemap.h"
#include "image/manifest.h"
#include "signature/public_key.h"
#include "signature/statement.h"
#include "target.h"

namespace tubthump::fuzz {

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void mm(const std::string& bytes) {
  auto vmas = criu_image::decode_vmas(bytes);
  if (!vmas) return;
  auto encoded = criu_image::replace_vmas(bytes, *vmas);
  if (!encoded) return;
  auto again = criu_image::decode_vmas(*encoded);
  require(again && again->size() == vmas->size());
}

void pagemap(const std::string& bytes) {
  // Runs are messages of their own; here a byte in front of each says how long it is.
  std::vector<std::string> messages(1);
  for (size_t at = 0; at < bytes.size();) {
    const size_t size = static_cast<unsigned char>(bytes[at]) % 32;
    messages.push_back(bytes.substr(at + 1, size));
    at += 1 + size;
  }
  auto decoded = criu_image::decode_pagemap(messages);
  if (!decoded) return;
  auto again = criu_image::decode_pagemap(criu_image::encode_pagemap(*decoded));
  require(again && again->runs.size() == decoded->runs.size());
}

void files(const std::string& bytes) {
  (void)criu_image::free_file_id({bytes});
  (void)criu_image::name_of_file({bytes}, 1);
}

void manifest(const std::string& bytes) { (void)image::parse_manifest(bytes); }

void statement(const std::string& bytes) {
  (void)signature::verify_statement(bytes, signature::PublicKey{});
  // Nobody finds a good signature by trying.
  (void)signature::parse_statement(bytes);
}

void public_key(const std::string& bytes) { (void)signature::parse_public_key(bytes); }

constexpr Target kTargets[] = {{"mm", mm},
                               {"pagemap", pagemap},
                               {"files", files},
                               {"manifest", manifest},
                               {"statement", statement},
                               {"public_key", public_key}};

}  // namespace

std::span<const Target> targets() { return kTargets; }

}  // namespace tubthump::fuzz
