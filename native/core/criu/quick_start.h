// CRIU's environment for a dump or restore that loses no time.
#pragma once

#include <string>
#include <vector>

namespace tubthump::criu {

/// - CRIU_FAULT=130: no hardware breakpoints. CRIU stops each thread through debug registers, which
///   are perf events; the first one on an idle host waits for an RCU grace period: 8 to 28 ms,
///   whenever no other breakpoint is alive. 130 is FI_NO_BREAKPOINTS
///   (criu/include/fault-injection.h), one of the "not fatal" switches: CRIU then steps to the same
///   place with ptrace. Not a fault, in spite of the variable's name.
/// - GNUTLS_NO_IMPLICIT_INIT: CRIU is linked with GnuTLS, which it needs for page servers only;
///   without this, loading the library tests and seeds its ciphers (0.2 ms).
inline std::vector<std::string> quick_start() {
  return {"CRIU_FAULT=130", "GNUTLS_NO_IMPLICIT_INIT=1"};
}

}  // namespace tubthump::criu
