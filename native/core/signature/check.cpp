#include "signature/check.h"

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <set>

#include "image/for_each_file.h"
#include "os/page_buffer.h"
#include "os/unique_fd.h"
#include "signature/statement.h"

namespace tubthump::signature {

namespace {

constexpr off_t kMaxStatement = 16 << 20;
constexpr size_t kBlock = 1 << 20;

/// CRIU writes these when an image is complete, or at a restore, and never reads them.
const std::set<std::string> kUnsigned = {kSignatureFile, "dump.log", "stats-dump", "stats-restore"};

std::unexpected<Error> untrusted(const std::string& what) {
  return fail(ErrorCode::ImageUntrusted, what);
}

UniqueFd open_regular(int directory, const std::string& name, struct stat& info) {
  UniqueFd file(::openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file && (::fstat(file.get(), &info) < 0 || !S_ISREG(info.st_mode))) file.reset();
  return file;
}

Result<std::string> read_statement(int directory) {
  struct stat info;
  UniqueFd file = open_regular(directory, kSignatureFile, info);
  if (!file) return untrusted("the image is not signed");
  if (info.st_size > kMaxStatement) return untrusted("the signature is too large to be one");
  std::string text(static_cast<size_t>(info.st_size), '\0');
  if (::pread(file.get(), text.data(), text.size(), 0) != info.st_size)
    return untrusted("the signature cannot be read");
  return text;
}

/// A file that nobody signed may be one that CRIU would look for.
Result<void> check_names(int directory, const Statement& statement) {
  std::set<std::string> known = kUnsigned;
  for (const SignedFile& file : statement.files) known.insert(file.name);
  UniqueFd again(::openat(directory, ".", O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  std::unique_ptr<DIR, int (*)(DIR*)> entries(again ? ::fdopendir(again.get()) : nullptr,
                                              ::closedir);
  if (!entries) return fail_errno(ErrorCode::ImageUntrusted, "list the image");
  (void)again.release();  // closedir() closes it.
  while (const dirent* entry = ::readdir(entries.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != ".." && !known.contains(name))
      return untrusted("the file " + name + " is not among those that were signed");
  }
  return {};
}

Result<void> check_file(int directory, const SignedFile& expected) {
  struct stat info;
  UniqueFd file = open_regular(directory, expected.name, info);
  if (!file) return untrusted("the signed file " + expected.name + " is missing");
  if (static_cast<uint64_t>(info.st_size) != expected.size)
    return untrusted("the file " + expected.name + " has another size than was signed");
  crypto_generichash_state state;
  Digest digest;
  ::crypto_generichash_init(&state, nullptr, 0, digest.size());
  PageBuffer<unsigned char> block(std::min<size_t>(kBlock, expected.size + 1));
  for (;;) {
    const ssize_t got = ::read(file.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno(ErrorCode::ImageUntrusted, expected.name);
    if (got == 0) break;
    ::crypto_generichash_update(&state, block.data(), static_cast<unsigned long long>(got));
  }
  ::crypto_generichash_final(&state, digest.data(), digest.size());
  if (digest != expected.digest)
    return untrusted("the file " + expected.name + " is not what was signed");
  return {};
}

}  // namespace

Result<void> check_signature(int directory, const PublicKey& key) {
  // Chooses the fastest BLAKE2b that this processor has.
  if (::sodium_init() < 0) return fail(ErrorCode::System, "libsodium cannot be initialised");
  auto text = read_statement(directory);
  if (!text) return std::unexpected(text.error());
  auto statement = verify_statement(*text, key);
  if (!statement) return std::unexpected(statement.error());
  if (auto names = check_names(directory, *statement); !names) return names;
  return image::for_each_file(statement->files,
                              [&](const SignedFile& file) { return check_file(directory, file); });
}

}  // namespace tubthump::signature
