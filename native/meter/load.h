// Requests to a service that has answered once: latencies, a full collection, throughput.
#pragma once

#include <string>

#include "error/error.h"
#include "meter/http.h"
#include "meter/options.h"

namespace tubthump::meter {

/// Over a connection whose first answer is to be received: what --warm, --requests, --gc, --settle
/// and --throughput ask for, in this order, as the content of a JSON object: `latenciesUs`
/// (numbers, one for each request, in order), `gcMs`, `requestsPerSecond`. Errors: System, when an
/// answer is missing or is not a 200.
Result<std::string> measure_load(const Options& options, Connection connection);

}  // namespace tubthump::meter
