// What CRIU's log says about a failure. The log is the truth; cr_errmsg is not.
#pragma once

#include <string>
#include <string_view>

namespace tubthump::rpc {

/// The first line that is a real error, without time stamp and pid: "Error (files-reg.c:2121): …"
/// becomes "files-reg.c:2121: …". Known harmless errors are passed over. Empty when there is none.
std::string first_error(std::string_view log);

}  // namespace tubthump::rpc
