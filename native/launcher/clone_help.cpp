#include "launcher/clone_options.h"

namespace tubthump::launcher {

const char* const kCloneHelp =
    R"(Usage: tubthump clone [options] DIR [-- ARGUMENT...]

Restores N copies of the image DIR that live side by side, each in a pid namespace of its own. In
the values marked with * {n} is the number of the copy. ARGUMENTs (*) replace those of the
service. Signals go to all copies; the command ends when the last copy has.

  --count N          how many, 1 to 4096 (default: 1); also -n N
  --port PORT        PORT+ (such as 8100+): each copy listens on the next port
  --listen ADDRESS   where to listen (*), as for restore; may repeat
  --reuse-port       all listen on one address (SO_REUSEPORT), and the kernel spreads connections
  --own LIST         namespaces of its own beside pids: net, uts, ipc, mount, cgroup
  --ip ADDRESS       own network with this address (*): 10.0.0.{n}, 10.0.0.{n}/24, fd00::{n}
  --bridge NAME      put the copies' networks on this bridge, instead of a route to each
  --net PATH         network namespace for all of them to share
  --hostname NAME    own host name (*)
  --cgroup DIR       own cgroup (*), below one that exists: /sys/fs/cgroup/shop/web-{n}
  --limit FILE=TEXT  written to a file of that cgroup, such as memory.max=200M; may repeat
  --env NAME=VALUE   set in the environment (*); may repeat
  --log FILE         append stdout and stderr to this file (*) (default: our own)
  --first N          number of the first copy (default: 1)
  --at-once N        restore so many at the same time (default: two for each processor)
  --criu PATH        the CRIU binary (default: TUBTHUMP_CRIU, then what `tubthump setup` chose)
  --engine NAME      stream or eager, instead of the way that the image was made for
  --require-signature FILE
                     restore only what was signed; FILE holds the public key (PEM)
  --verify           read all of the image first, and compare it with its checksums
  --key FILE         the image is encrypted with this key
  --key-command COMMAND
                     the same with the key that COMMAND prints
  --strict           end a copy when one of its hooks fails after the restore
  --timeout SECONDS  limit for each restore (default: 60)
  --control FD       for programs: events and commands as JSON lines on this descriptor
  --json             events and errors as JSON lines on stderr
  --help
)";

}  // namespace tubthump::launcher
