// A file system that is slow, for test/integration/slow-disk.test.ts:
//   slow_fs DIRECTORY MOUNTPOINT MILLISECONDS [PREFIX]
// Shows the files of DIRECTORY, read-only, at MOUNTPOINT (FUSE, linux/fuse.h). Each read of a file
// whose name starts with PREFIX takes that long, and there is one at a time, as on a disk. Says
// "mounted" when it is; ends when it is unmounted.
#include <dirent.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr uint32_t kReadSize = 128 << 10;
constexpr size_t kBuffer = FUSE_MIN_READ_BUFFER + kReadSize;

class SlowDirectory {
 public:
  SlowDirectory(int device, const std::string& source, int milliseconds, std::string prefix)
      : device_(device), delay_(milliseconds), prefix_(std::move(prefix)) {
    names_ = {".", "."};  // 0 is no node, 1 is the root.
    directory_ = ::open(source.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR* entries = ::opendir(source.c_str());
    while (const dirent* entry = entries ? ::readdir(entries) : nullptr)
      if (entry->d_name[0] != '.') names_.emplace_back(entry->d_name);
    if (entries) ::closedir(entries);
  }

  void serve() {
    std::vector<char> bytes(kBuffer);
    for (;;) {
      const ssize_t got = ::read(device_, bytes.data(), bytes.size());
      if (got < 0 && (errno == EINTR || errno == ENOENT || errno == EAGAIN)) continue;
      if (got < static_cast<ssize_t>(sizeof(fuse_in_header))) return;  // ENODEV: unmounted.
      fuse_in_header header;
      std::memcpy(&header, bytes.data(), sizeof header);
      answer(header, bytes.data() + sizeof header);
    }
  }

 private:
  void answer(const fuse_in_header& in, const char* body) {
    switch (in.opcode) {
      case FUSE_INIT: {
        fuse_init_in asked;
        std::memcpy(&asked, body, sizeof asked);
        fuse_init_out out{};
        out.major = FUSE_KERNEL_VERSION;
        out.minor = FUSE_KERNEL_MINOR_VERSION;
        out.max_readahead = asked.max_readahead;
        out.max_write = 4096;
        return reply(in, &out, sizeof out);
      }
      case FUSE_LOOKUP:
        return look_up(in, body);
      case FUSE_GETATTR: {
        fuse_attr_out out{};
        out.attr_valid = 3600;
        return describe(in.nodeid, out.attr) ? reply(in, &out, sizeof out) : refuse(in, ENOENT);
      }
      case FUSE_OPEN:
      case FUSE_OPENDIR: {
        const fuse_open_out out{};
        return reply(in, &out, sizeof out);
      }
      case FUSE_READ:
        return read_file(in, body);
      case FUSE_READDIR:
        return read_directory(in, body);
      case FUSE_RELEASE:
      case FUSE_RELEASEDIR:
      case FUSE_FLUSH:
        return reply(in, nullptr, 0);
      case FUSE_STATFS: {
        const fuse_statfs_out out{};
        return reply(in, &out, sizeof out);
      }
      case FUSE_FORGET:
      case FUSE_BATCH_FORGET:
      case FUSE_INTERRUPT:
        return;  // No answer is awaited.
      default:
        return refuse(in, ENOSYS);
    }
  }

  void look_up(const fuse_in_header& in, const char* name) {
    const auto found = std::find(names_.begin() + 2, names_.end(), name);
    fuse_entry_out out{};
    out.nodeid = static_cast<uint64_t>(found - names_.begin());
    out.attr_valid = out.entry_valid = 3600;
    if (found == names_.end() || !describe(out.nodeid, out.attr)) return refuse(in, ENOENT);
    reply(in, &out, sizeof out);
  }

  bool describe(uint64_t node, fuse_attr& out) {
    struct stat info;
    if (node == 0 || node >= names_.size() ||
        ::fstatat(directory_, names_[node].c_str(), &info, AT_SYMLINK_NOFOLLOW) < 0)
      return false;
    out.ino = node;
    out.size = static_cast<uint64_t>(info.st_size);
    out.blocks = static_cast<uint64_t>(info.st_blocks);
    out.mtime = static_cast<uint64_t>(info.st_mtim.tv_sec);
    out.mtimensec = static_cast<uint32_t>(info.st_mtim.tv_nsec);
    out.mode = info.st_mode;
    out.nlink = 1;
    out.uid = info.st_uid;
    out.gid = info.st_gid;
    out.blksize = 4096;
    return true;
  }

  void read_file(const fuse_in_header& in, const char* body) {
    fuse_read_in asked;
    std::memcpy(&asked, body, sizeof asked);
    const std::string& name = names_.at(in.nodeid);
    if (name.starts_with(prefix_)) std::this_thread::sleep_for(delay_);
    std::vector<char> bytes(asked.size);
    const int file = ::openat(directory_, name.c_str(), O_RDONLY | O_CLOEXEC);
    const ssize_t got = ::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(asked.offset));
    if (file >= 0) ::close(file);
    if (got < 0) return refuse(in, EIO);
    reply(in, bytes.data(), static_cast<size_t>(got));
  }

  void read_directory(const fuse_in_header& in, const char* body) {
    fuse_read_in asked;
    std::memcpy(&asked, body, sizeof asked);
    std::string bytes;
    for (size_t node = std::max<size_t>(asked.offset + 1, 2); node < names_.size(); node++) {
      fuse_dirent entry{};
      entry.ino = node;
      entry.off = node;
      entry.namelen = static_cast<uint32_t>(names_[node].size());
      const size_t size = FUSE_DIRENT_ALIGN(FUSE_NAME_OFFSET + names_[node].size());
      if (bytes.size() + size > asked.size) break;
      const size_t start = bytes.size();
      bytes.append(reinterpret_cast<const char*>(&entry), FUSE_NAME_OFFSET);
      bytes.append(names_[node]);
      bytes.resize(start + size);
    }
    reply(in, bytes.data(), bytes.size());
  }

  void refuse(const fuse_in_header& in, int error) const {
    const fuse_out_header out{sizeof out, -error, in.unique};
    (void)!::write(device_, &out, sizeof out);
  }

  void reply(const fuse_in_header& in, const void* body, size_t size) const {
    fuse_out_header out{static_cast<uint32_t>(sizeof out + size), 0, in.unique};
    const iovec parts[] = {{&out, sizeof out}, {const_cast<void*>(body), size}};
    (void)!::writev(device_, parts, size > 0 ? 2 : 1);
  }

  int device_;
  int directory_;
  std::chrono::milliseconds delay_;
  std::string prefix_;
  std::vector<std::string> names_;  ///< By node.
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 64;
  const int device = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
  if (device < 0) return std::perror("/dev/fuse"), 1;
  SlowDirectory directory(device, argv[1], std::atoi(argv[3]), argc > 4 ? argv[4] : "");
  const std::string options =
      "fd=" + std::to_string(device) +
      ",rootmode=40000,user_id=0,group_id=0,default_permissions,allow_other";
  if (::mount("slow_fs", argv[2], "fuse.slow_fs", MS_RDONLY | MS_NOSUID | MS_NODEV,
              options.c_str()) < 0)
    return std::perror("mount"), 1;
  std::puts("mounted");
  std::fflush(stdout);
  directory.serve();
}
