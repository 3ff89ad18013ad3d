// Which parts of the decoders an input reached: they are compiled with
// -fsanitize-coverage=trace-pc, which calls us at every branch.
#pragma once

#include <cstddef>

namespace tubthump::fuzz {

/// Places that were reached by any input until now.
size_t covered();

}  // namespace tubthump::fuzz
