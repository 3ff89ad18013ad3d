#include "restore/machine_check.h"

#include <linux/capability.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include "process/cpu.h"

namespace tubthump::restore {

namespace {

constexpr uint64_t bit(int capability) { return uint64_t{1} << capability; }

uint64_t parse_hex(std::string_view text) {
  uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

/// A line such as "CapBnd:\t000001ffffffffff" of our own status, proc(5).
uint64_t own_set(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name)) return parse_hex(std::string_view(line).substr(name.size() + 2));
  return 0;
}

/// Numbers, as capabilities(7) counts them: their names are not in any system call.
std::string numbers_of(uint64_t set) {
  std::string text;
  for (int capability = 0; capability < 64; capability++)
    if (set & bit(capability)) text += (text.empty() ? "" : ", ") + std::to_string(capability);
  return text;
}

}  // namespace

Result<void> check_cpu(const image::Manifest& manifest) {
  const std::vector<std::string> ours = process::cpu_features();
  std::string missing;
  for (const std::string& feature : manifest.cpu_features)
    if (std::ranges::find(ours, feature) == ours.end()) missing += " " + feature;
  if (missing.empty()) return {};
  return fail(ErrorCode::ImageMismatch, "this processor lacks what the image may use:" + missing);
}

Result<void> check_capabilities(const image::Manifest& manifest) {
  // Others get theirs from the file of their CRIU, which only the kernel can judge.
  if (::geteuid() != 0) return {};
  // What a program that root executes may have.
  const uint64_t ours = own_set("CapBnd");
  if (!(ours & (bit(CAP_SYS_ADMIN) | bit(CAP_CHECKPOINT_RESTORE))))
    return fail(ErrorCode::Capability,
                "a restore needs CAP_SYS_ADMIN or CAP_CHECKPOINT_RESTORE, and this process has "
                "neither");
  // CRIU gives the copy what the dumped process had; when it may not, the restore hangs.
  const uint64_t missing = parse_hex(manifest.capabilities) & ~ours;
  if (missing == 0) return {};
  return fail(ErrorCode::Capability,
              "the copy needs capabilities that this process has not (capabilities(7)): " +
                  numbers_of(missing));
}

}  // namespace tubthump::restore
