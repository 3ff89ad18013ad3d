// CRIU's environment for a dump or restore without hardware breakpoints.
//
// CRIU stops each thread through debug registers, that is perf events; the first one on an idle
// host waits for an RCU grace period: 8 to 28 ms, whenever no other breakpoint is alive. 130 is
// FI_NO_BREAKPOINTS (criu/include/fault-injection.h), one of the "not fatal" switches: CRIU then
// steps to the same place with ptrace. Not a fault, in spite of the variable's name.
#pragma once

namespace tubthump::criu {

inline constexpr const char* kNoBreakpoints = "CRIU_FAULT=130";

}  // namespace tubthump::criu
