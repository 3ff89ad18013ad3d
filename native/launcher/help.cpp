#include "launcher/help.h"

namespace tubthump::launcher {

const char* const kRunHelp =
    R"(Usage: tubthump run [options] -- COMMAND [ARGUMENT...]

Restores the service from an image if there is one that fits, otherwise starts COMMAND so that it
can be checkpointed.

  --images DIR       the image (default: TUBTHUMP_IMAGES)
  --checkpoint WHEN  make the image of a service that was started: manual (default), before-listen,
                     listening, ready, warm, requests=N or idle=MS
  --warm URL         with --checkpoint warm: ask for this URL first; may repeat
  --warm-requests N  requests to each of them (default: 100)
  --until stable     go on asking until the latency has settled
  --signal NAME      make an image whenever this signal comes: SIGUSR2 or SIGHUP
  --exit             the dump ends the service; otherwise it goes on
  --criu PATH        the CRIU binary (default: TUBTHUMP_CRIU, then what `tubthump setup` chose)
  --engine NAME      how memory that is not mapped comes back: `eager`, copied before the copy runs,
                     or `stream`, while it runs (default: as the checkpoint asked for)
  --env NAME=VALUE   set in the service's environment; may repeat
  --policy FILE      rules for what is open at a checkpoint (default: TUBTHUMP_POLICY)
  --explain          remember who opens files, for refusals to name them
  --require-signature FILE
                     restore only what was signed; FILE holds the public key (PEM)
  --verify           read all of the image first, and compare it with its checksums
  --key FILE         the image is, or is to be, encrypted with this key
  --key-command COMMAND
                     the same with the key that COMMAND prints
  --no-fallback      fail when the restore fails, instead of starting COMMAND
  --strict           end the copy when one of its hooks fails after the restore
  --timeout SECONDS  limit for the restore (default: 60)
  --json             errors as JSON on stderr
  --help
)";

const char* const kRestoreHelp =
    R"(Usage: tubthump restore [options] DIR [-- ARGUMENT...]

Restores the service from the image DIR. It runs as a child with our stdin, stdout and stderr, gets
our signals, and its exit status becomes ours. ARGUMENTs replace those of the service.

  --criu PATH        the CRIU binary (default: TUBTHUMP_CRIU, then what `tubthump setup` chose)
  --engine NAME      how memory that is not mapped comes back: `eager`, copied before the copy runs,
                     or `stream`, while it runs (default: as the checkpoint asked for)
  --env NAME=VALUE   set in the service's environment; may repeat
  --listen ADDRESS   PORT, HOST:PORT or PATH to listen on, or OLD=NEW; may repeat
  --user USER        name or number
  --group GROUP      name or number
  --cwd DIR          working directory
  --umask MASK       in octal
  --title TEXT       what ps(1) shows
  --parked           stop before the service goes on, until our process gets SIGCONT
  --require-signature FILE
                     restore only what was signed; FILE holds the public key (PEM)
  --verify           read all of the image first, and compare it with its checksums
  --key FILE         the image is encrypted with this key
  --key-command COMMAND
                     the same with the key that COMMAND prints
  --strict           end the copy when one of its hooks fails after the restore
  --timeout SECONDS  limit for the restore (default: 60)
  --json             errors as JSON on stderr
  --help
)";

}  // namespace tubthump::launcher
