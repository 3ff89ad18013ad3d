// A whole pack, unpacked. The input is its index, after the index's size in 16 bits, and then its
// frames; header and digest of the index are made here, for nobody finds them by trying.
#include "pack/unpack.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "pack/codec.h"
#include "pack/format.h"
#include "scratch.h"

using namespace tubthump;

namespace {

std::string with_header(std::string_view index, std::string_view frames) {
  return pack::encode_header({.index_offset = pack::kHeaderSize + frames.size(),
                              .index_size = index.size(),
                              .index = pack::digest_of(pack::as_bytes(index))})
      .append(frames)
      .append(index);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes = fuzz::text_of(data, size);
  (void)pack::decode_header(bytes, bytes.size());
  uint16_t index_size = 0;
  if (size < sizeof index_size) return 0;
  std::memcpy(&index_size, data, sizeof index_size);
  const std::string_view rest = std::string_view(bytes).substr(sizeof index_size);
  if (index_size > rest.size()) return 0;
  const std::string_view text = rest.substr(0, index_size), frames = rest.substr(index_size);
  const auto index = pack::decode_index(text, frames.size());
  if (!index) return 0;
  fuzz::require(pack::encode_index(*index) == text);

  const std::string whole = with_header(text, frames);

  const UniqueFd file(::memfd_create("pack", MFD_CLOEXEC));
  fuzz::require(file && ::fchmod(file.get(), 0400) == 0 &&
                ::pwrite(file.get(), whole.data(), whole.size(), 0) ==
                    static_cast<ssize_t>(whole.size()));
  const fuzz::Scratch scratch;
  pack::Progress progress;
  (void)pack::unpack({.file = "/proc/self/fd/" + std::to_string(file.get()),
                      .directory = scratch.path() + "/image"},
                     progress);
  return 0;
}
