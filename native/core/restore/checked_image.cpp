#include "restore/checked_image.h"

#include "restore/machine_check.h"
#include "signature/check.h"

namespace tubthump::restore {

Result<OpenImage> open_checked_image(const std::string& path, const std::string& public_key) {
  if (!public_key.empty())
    if (auto trusted = signature::check_signature(path, public_key); !trusted)
      return std::unexpected(trusted.error());
  auto image = open_image(path);
  if (!image) return image;
  if (auto checked = check_files(*image); !checked) return std::unexpected(checked.error());
  if (auto checked = check_cpu(image->manifest); !checked) return std::unexpected(checked.error());
  if (auto checked = check_capabilities(image->manifest); !checked)
    return std::unexpected(checked.error());
  return image;
}

}  // namespace tubthump::restore
