// The hidden command `tubthump probe-target`: the small process that `tubthump setup` and
// `tubthump doctor` dump and restore to learn whether a CRIU works on this machine.
//
// It listens on a free loopback port, prints "PORT\n" on stdout, lets go of its stdio, starts its
// own session, and answers one byte to each connection until SIGTERM ends it with status 0.
#pragma once

namespace tubthump {

int probe_target_main();

}  // namespace tubthump
