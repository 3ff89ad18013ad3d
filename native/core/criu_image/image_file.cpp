#include "criu_image/image_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <string_view>

#include "os/unique_fd.h"

namespace tubthump::criu_image {

namespace {

/// IMG_COMMON_MAGIC
constexpr uint32_t kCommonMagic = 0x54564319;
constexpr off_t kLargest = off_t{1} << 30;

std::unexpected<Error> invalid(const std::string& name, const char* why) {
  return fail(ErrorCode::ImageInvalid, name + ": " + why);
}

/// Takes four bytes off the front.
bool take_u32(std::string_view& rest, uint32_t& value) {
  if (rest.size() < sizeof value) return false;
  std::memcpy(&value, rest.data(), sizeof value);
  rest.remove_prefix(sizeof value);
  return true;
}

void put_u32(std::string& out, uint32_t value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

Result<std::string> read_file(int directory, const std::string& name) {
  UniqueFd file(::openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat info;
  if (!file || ::fstat(file.get(), &info) < 0) return fail_errno(ErrorCode::ImageInvalid, name);
  if (!S_ISREG(info.st_mode) || info.st_size > kLargest) return invalid(name, "no sensible file");
  std::string bytes(static_cast<size_t>(info.st_size), '\0');
  size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::read(file.get(), bytes.data() + have, bytes.size() - have);
    if (got <= 0) return invalid(name, "shorter than its size");
    have += static_cast<size_t>(got);
  }
  return bytes;
}

}  // namespace

Result<std::vector<std::string>> read_messages(int directory, const std::string& name, Kind kind) {
  auto bytes = read_file(directory, name);
  if (!bytes) return std::unexpected(bytes.error());
  return decode_messages(*bytes, name, kind);
}

Result<std::vector<std::string>> decode_messages(std::string_view rest, const std::string& name,
                                                 Kind kind) {
  uint32_t common = 0, magic = 0;
  if (!take_u32(rest, common) || !take_u32(rest, magic)) return invalid(name, "no header");
  if (common != kCommonMagic || magic != static_cast<uint32_t>(kind))
    return invalid(name, "of another kind or version");
  std::vector<std::string> messages;
  while (!rest.empty()) {
    uint32_t size = 0;
    if (!take_u32(rest, size) || size > rest.size()) return invalid(name, "cut short");
    messages.emplace_back(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  return messages;
}

Result<void> write_messages(int directory, const std::string& name, Kind kind,
                            const std::vector<std::string>& messages) {
  std::string bytes;
  put_u32(bytes, kCommonMagic);
  put_u32(bytes, static_cast<uint32_t>(kind));
  for (const std::string& message : messages) {
    put_u32(bytes, static_cast<uint32_t>(message.size()));
    bytes += message;
  }
  UniqueFd file(::openat(directory, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return fail_errno(ErrorCode::ImagePublish, name);
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const ssize_t written = ::write(file.get(), rest.data(), rest.size());
    if (written < 0) return fail_errno(ErrorCode::ImagePublish, name);
    rest.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

}  // namespace tubthump::criu_image
