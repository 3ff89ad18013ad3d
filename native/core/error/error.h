// Errors of the core library: a stable code, a sentence, and the errno behind it.
//
//   Result<UniqueFd> open_log() {
//     UniqueFd fd(::open("log", O_WRONLY));
//     if (!fd) return fail_errno(ErrorCode::System, "open log");
//     return fd;
//   }
//
// No exceptions below the N-API and launcher edges.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace tubthump {

enum class ErrorCode {
#define X(name, code, status, hint) name,
#include "error/codes.def"
#undef X
};

/// The stable code, such as "ERR_TUBTHUMP_SYSTEM".
std::string_view code_string(ErrorCode code);

/// What the user can do next, one sentence.
std::string_view hint_of(ErrorCode code);

/// What a command ends with when this error ended it: sysexits(3) where it has a fitting one, see
/// docs/cli.md.
int exit_status_of(ErrorCode code);

struct Error {
  ErrorCode code;
  std::string message;
  int sys_errno = 0;  ///< errno of the failed call, 0 when there is none.
  std::string log{};  ///< The tail of CRIU's log, when CRIU failed.
};

template <class T>
using Result = std::expected<T, Error>;

std::unexpected<Error> fail(ErrorCode code, std::string message);

/// Takes errno as it is now and appends its text to `what`.
std::unexpected<Error> fail_errno(ErrorCode code, std::string_view what);

/// The same for calls that return their errno, such as posix_spawn.
std::unexpected<Error> fail_errno(ErrorCode code, std::string_view what, int sys_errno);

}  // namespace tubthump
