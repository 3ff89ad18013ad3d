#include "pack/progress.h"

namespace tubthump::pack {

Result<void> Progress::check() const {
  if (cancelled_) return fail(ErrorCode::PackAborted, "cancelled");
  return {};
}

}  // namespace tubthump::pack
