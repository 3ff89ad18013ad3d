// `tubthump working-set-agent`: the native half of `tubthump working-set`, which is TypeScript
// because it sends HTTP requests.
#pragma once

namespace tubthump::launcher {

/// describe DIR: prints the working set of an image as JSON.
/// record DIR [CRIU]: restores a copy, prints a line "recording PID", waits for a line on stdin,
/// unites what the copy has touched with the working set that the image has, and describes that.
/// Without the line (end of file) nothing is recorded. Errors are JSON on stderr.
int working_set_agent(int argc, char** argv);

}  // namespace tubthump::launcher
