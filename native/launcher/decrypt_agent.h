// `tubthump decrypt-agent`: the plain side of an encrypted image, for the TypeScript commands that
// look into images. It prints one line, the path of a directory in its memory, and keeps that until
// its stdin ends: when whoever asked ends, in whatever way, it is gone. Without an image it only
// finds out whether there is a key.
#pragma once

namespace tubthump::launcher {

/// Exit status, as main() returns it; errors are JSON on stderr.
int decrypt_agent(int argc, char** argv);

}  // namespace tubthump::launcher
