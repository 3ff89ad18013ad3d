#include "working_set/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "os/unique_fd.h"

namespace tubthump::working_set {

namespace {

constexpr std::string_view kMagic = "TTWSET\x01\n";
/// Of a 2 GB heap all of which is touched, page by page, it is 16 MB.
constexpr off_t kMaxSize = 64 << 20;

std::unexpected<Error> invalid(const std::string& what) {
  return fail(ErrorCode::ImageInvalid, std::string(kWorkingSetFile) + ": " + what);
}

uint64_t fnv1a(std::string_view bytes) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) hash = (hash ^ static_cast<uint8_t>(byte)) * 0x100000001b3;
  return hash;
}

class Writer {
 public:
  template <class T>
  void number(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view text) {
    number(static_cast<uint32_t>(text.size()));
    bytes_ += text;
  }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  bool number(T& value) {
    if (rest_.size() < sizeof value) return false;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return true;
  }
  bool text(std::string& text) {
    uint32_t size = 0;
    if (!number(size) || rest_.size() < size) return false;
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }
  [[nodiscard]] bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool read_file(Reader& in, File& file) {
  uint8_t in_image = 0;
  if (!in.number(in_image) || !in.number(file.size) || !in.text(file.name)) return false;
  file.in_image = in_image;
  const bool has_slash = file.name.find('/') != std::string::npos;
  return file.in_image ? !has_slash && !file.name.empty() && file.name != ".."
                       : file.name.starts_with('/');
}

bool read_run(Reader& in, Run& run, const std::vector<File>& files) {
  uint8_t written = 0;
  if (!in.number(run.file) || !in.number(run.pages) || !in.number(run.offset) ||
      !in.number(run.address) || !in.number(written))
    return false;
  run.written = written;
  if (run.file >= files.size() || run.offset % kPageSize) return false;
  // The last page of a file need not be full.
  const uint64_t pages = (files[run.file].size + kPageSize - 1) / kPageSize;
  return run.offset / kPageSize <= pages && run.pages <= pages - run.offset / kPageSize;
}

}  // namespace

std::string encode(const WorkingSet& set) {
  Writer out;
  out.bytes() = kMagic;
  out.text(set.image_id);
  out.number(static_cast<uint8_t>(set.ordered));
  out.number(static_cast<uint32_t>(set.files.size()));
  for (const File& file : set.files) {
    out.number(static_cast<uint8_t>(file.in_image));
    out.number(file.size);
    out.text(file.name);
  }
  out.number(static_cast<uint32_t>(set.runs.size()));
  for (const Run& run : set.runs) {
    out.number(run.file);
    out.number(run.pages);
    out.number(run.offset);
    out.number(run.address);
    out.number(static_cast<uint8_t>(run.written));
  }
  return with_checksum(std::move(out.bytes()));
}

std::string with_checksum(std::string body) {
  const uint64_t sum = fnv1a(body);
  return body.append(reinterpret_cast<const char*>(&sum), sizeof sum);
}

Result<WorkingSet> decode(std::string_view bytes) {
  constexpr size_t kSum = sizeof(uint64_t);
  if (bytes.size() < kMagic.size() + kSum || !bytes.starts_with(kMagic))
    return invalid("not a working set that this tubthump reads");
  const std::string_view body = bytes.substr(0, bytes.size() - kSum);
  uint64_t sum = 0;
  std::memcpy(&sum, bytes.data() + body.size(), kSum);
  if (sum != fnv1a(body)) return invalid("damaged: its checksum does not fit");

  Reader in(body.substr(kMagic.size()));
  WorkingSet set;
  uint8_t ordered = 0;
  uint32_t files = 0, runs = 0;
  const auto incomplete = [] { return invalid("its contents make no sense"); };
  if (!in.text(set.image_id) || !in.number(ordered) || !in.number(files)) return incomplete();
  set.ordered = ordered;
  for (uint32_t i = 0; i < files; i++)
    if (!read_file(in, set.files.emplace_back())) return incomplete();
  if (!in.number(runs)) return incomplete();
  for (uint32_t i = 0; i < runs; i++)
    if (!read_run(in, set.runs.emplace_back(), set.files)) return incomplete();
  if (!in.done()) return incomplete();
  return set;
}

Result<std::optional<WorkingSet>> read(int directory, const std::string& image_id) {
  UniqueFd file(::openat(directory, kWorkingSetFile, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file && errno == ENOENT) return std::nullopt;
  if (!file) return fail_errno(ErrorCode::ImageInvalid, kWorkingSetFile);
  struct stat info;
  if (::fstat(file.get(), &info) < 0 || !S_ISREG(info.st_mode) || info.st_size > kMaxSize)
    return invalid("no file of a sensible size");
  std::string bytes(static_cast<size_t>(info.st_size), '\0');
  if (::pread(file.get(), bytes.data(), bytes.size(), 0) != info.st_size)
    return fail_errno(ErrorCode::ImageInvalid, kWorkingSetFile);
  auto set = decode(bytes);
  if (!set) return std::unexpected(set.error());
  if (set->image_id != image_id)
    return fail(ErrorCode::ImageMismatch,
                std::string(kWorkingSetFile) + " is of another image, " + set->image_id);
  return std::move(*set);
}

Result<void> write(int directory, const WorkingSet& set) {
  const std::string name = std::string(".") + kWorkingSetFile + "." + std::to_string(::getpid());
  const auto undo = [&](std::unexpected<Error> error) {
    ::unlinkat(directory, name.c_str(), 0);
    return error;
  };
  UniqueFd file(::openat(directory, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400));
  if (!file) return fail_errno(ErrorCode::ImagePublish, kWorkingSetFile);
  const std::string bytes = encode(set);
  for (std::string_view rest = bytes; !rest.empty();) {
    const ssize_t written = ::write(file.get(), rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return undo(fail_errno(ErrorCode::ImagePublish, kWorkingSetFile));
    rest.remove_prefix(static_cast<size_t>(written));
  }
  if (::fsync(file.get()) < 0 ||
      ::renameat(directory, name.c_str(), directory, kWorkingSetFile) < 0)
    return undo(fail_errno(ErrorCode::ImagePublish, kWorkingSetFile));
  return {};
}

}  // namespace tubthump::working_set
