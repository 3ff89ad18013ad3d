#include "error/error.h"

#include <cerrno>
#include <cstring>
#include <utility>

namespace tubthump {

namespace {

struct Row {
  std::string_view code;
  int exit_status;
  std::string_view hint;
};

constexpr Row kRows[] = {
#define X(name, code, status, hint) {code, status, hint},
#include "error/codes.def"
#undef X
};

}  // namespace

std::string_view code_string(ErrorCode code) { return kRows[static_cast<size_t>(code)].code; }

std::string_view hint_of(ErrorCode code) { return kRows[static_cast<size_t>(code)].hint; }

int exit_status_of(ErrorCode code) { return kRows[static_cast<size_t>(code)].exit_status; }

std::unexpected<Error> fail(ErrorCode code, std::string message) {
  return std::unexpected(Error{code, std::move(message)});
}

std::unexpected<Error> fail_errno(ErrorCode code, std::string_view what) {
  return fail_errno(code, what, errno);
}

std::unexpected<Error> fail_errno(ErrorCode code, std::string_view what, int sys_errno) {
  std::string message(what);
  message += ": ";
  message += strerrordesc_np(sys_errno) ? strerrordesc_np(sys_errno) : "unknown error";
  if (const char* name = strerrorname_np(sys_errno)) message += std::string(" (") + name + ")";
  return std::unexpected(Error{code, std::move(message), sys_errno});
}

}  // namespace tubthump
