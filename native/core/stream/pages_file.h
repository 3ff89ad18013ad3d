// pages-ID.img as CRIU writes it, mapped: no byte passes through a buffer of ours, and the file may
// be unlinked or replaced meanwhile.
#pragma once

#include <memory>
#include <string>

#include "stream/page_source.h"

namespace tubthump::stream {

class PagesFile : public PageSource {
 public:
  /// Errors: ImageInvalid when there is no such file, or it is not of `size` bytes.
  static Result<std::unique_ptr<PagesFile>> open(int directory, const std::string& name,
                                                 uint64_t size);
  ~PagesFile() override;
  PagesFile(const PagesFile&) = delete;
  PagesFile& operator=(const PagesFile&) = delete;

  Result<std::span<const std::byte>> read(uint64_t offset, std::span<std::byte> buffer) override;
  void will_need(uint64_t offset, uint64_t size) override;

 private:
  PagesFile(std::string name, const std::byte* bytes, uint64_t size);

  std::string name_;
  const std::byte* bytes_;
  uint64_t size_;
};

}  // namespace tubthump::stream
