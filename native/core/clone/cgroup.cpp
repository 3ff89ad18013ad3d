#include "clone/cgroup.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace tubthump::clone {

namespace {

/// cgroup.procs and the limits are written in one call each: the kernel takes no pieces.
Result<void> write_file(int directory, const std::string& file, std::string_view value,
                        const std::string& what) {
  UniqueFd out(::openat(directory, file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!out && errno == ENOENT)
    return fail(ErrorCode::Namespace, what + ": there is no " + file +
                                          ": its controller is not enabled in the cgroup above "
                                          "(cgroup.subtree_control)");
  if (!out || ::write(out.get(), value.data(), value.size()) < 0)
    return fail_errno(ErrorCode::Namespace, what);
  return {};
}

}  // namespace

Result<Limit> parse_limit(std::string_view text) {
  const size_t equals = text.find('=');
  const std::string_view file = text.substr(0, equals);
  if (equals == std::string_view::npos || equals + 1 == text.size() ||
      file.find('.') == std::string_view::npos || file.find('/') != std::string_view::npos)
    return fail(ErrorCode::Usage, "--limit takes FILE=VALUE, such as memory.max=200M, not `" +
                                      std::string(text) + "`");
  return Limit{std::string(file), std::string(text.substr(equals + 1))};
}

Result<void> check_cgroup(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path();
  struct statfs info;
  if (path.starts_with('/') && ::statfs(parent.c_str(), &info) == 0 &&
      (info.f_type == CGROUP2_SUPER_MAGIC || info.f_type == CGROUP_SUPER_MAGIC))
    return {};
  return fail(ErrorCode::Namespace,
              "cgroup " + path + ": `" + parent + "` is no cgroup that it could be made in");
}

Result<Cgroup> Cgroup::make(const std::string& path, const std::vector<Limit>& limits) {
  if (::mkdir(path.c_str(), 0755) < 0 && errno != EEXIST)
    return fail_errno(ErrorCode::Namespace, "cgroup " + path);
  UniqueFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct statfs info;
  if (!directory || ::fstatfs(directory.get(), &info) < 0)
    return fail_errno(ErrorCode::Namespace, "cgroup " + path);
  for (const Limit& limit : limits)
    if (auto set = write_file(directory.get(), limit.file, limit.value,
                              "limit " + limit.file + "=" + limit.value + " of " + path);
        !set)
      return std::unexpected(set.error());
  return Cgroup(std::move(directory), info.f_type == CGROUP2_SUPER_MAGIC);
}

Result<void> Cgroup::join() const {
  // 0 is the writer itself, whatever its pid is to whom: cgroups(7).
  return write_file(directory_.get(), "cgroup.procs", "0", "enter the cgroup of the copy");
}

}  // namespace tubthump::clone
