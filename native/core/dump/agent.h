// `tubthump dump-agent FD`: dumps the service at the other end of the channel.
//
// Lives outside the service's process tree, keeps the service's stdio meanwhile, and answers
// {"status":"resumed"} or {"status":"failed", …}; a service that the dump ended hears nothing.
#pragma once

namespace tubthump::dump {

/// Exit status: 0 when an image was made, 1 when not.
int dump_agent(int channel);

}  // namespace tubthump::dump
