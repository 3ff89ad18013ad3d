// Making a restore cold: files leave the page cache before the clock starts.
#pragma once

#include <string>

#include "error/error.h"

namespace tubthump::meter {

/// Drops what the page cache has of the files in a directory, and makes sure that it is gone: on a
/// tmpfs, or while another process maps the files, it cannot go. Errors: System.
Result<void> evict(const std::string& directory);

/// Share of the files' pages that are in the page cache, 0 to 1. Errors: System.
Result<double> resident_share(const std::string& directory);

/// Drops all that the kernel caches: sync(2), then 3 into /proc/sys/vm/drop_caches.
/// Errors: System, where that file may not be written.
Result<void> drop_all();

}  // namespace tubthump::meter
