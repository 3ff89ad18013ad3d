// The part of one copy: the process that starts it, asks it and watches it, as the init of its pid
// namespace. Four phases, each reported over the line as the content of a JSON object; all but the
// first begin when the meter says so:
//   prepared: namespaces furnished, channel filled
//   answered: the command started, until its first 200
//   weighed:  memory, while every copy has answered and rests
//   served:   what load.h measures
#pragma once

#include "meter/cgroup.h"
#include "meter/line.h"
#include "meter/options.h"

namespace tubthump::meter {

/// Never returns. `cgroup` may be null. The process ends when `line` closes, and with it all that
/// the command has started.
[[noreturn]] void play_copy(const Options& options, const Cgroup* cgroup, Line line);

}  // namespace tubthump::meter
