#include "rpc/criu_log.h"

#include <doctest/doctest.h>

using tubthump::rpc::first_error;

TEST_CASE("the first error that is no harmless one is found, without time and directory") {
  CHECK(first_error("(00.000) Error (criu/util.c:1534): rlimit: Can't setup RLIMIT_NOFILE\n"
                    "(00.001) Warn  (criu/kerndat.c:1): something minor\n"
                    "(00.002)     12: Error (criu/sk-inet.c:188): inet: Connected TCP socket\n"
                    "(00.003) Error (criu/cr-dump.c:2111): Dumping FAILED.\n") ==
        "sk-inet.c:188: inet: Connected TCP socket");
}

TEST_CASE("a log without errors has none") {
  CHECK(first_error("").empty());
  CHECK(first_error("(00.001) Warn  (criu/x.c:1): nothing").empty());
  CHECK(first_error("Error (cut off").empty());
}
