#include "bake/self_test.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <vector>

#include "bake/gaps.h"
#include "criu_image/image_file.h"
#include "criu_image/mm.h"
#include "os/unique_fd.h"

namespace tubthump::bake {

namespace {

using criu_image::Kind;
using criu_image::kPageSize;
using criu_image::Pagemap;
using criu_image::PageRun;
using criu_image::Vma;

constexpr uint64_t kOneIn = 64;

using PageBytes = std::array<char, kPageSize>;

std::unexpected<Error> wrong(const char* what, uint64_t address) {
  char text[96];
  std::snprintf(text, sizeof text, "self-test of the baked image: %s at %lx", what, address);
  return fail(ErrorCode::ImageInvalid, text);
}

/// Where a page is after the bake.
struct Place {
  int file = -1;
  uint64_t offset = 0;
  bool in_heap = false;
};

struct Places {
  size_t count = 0;
  Place last;
  void add(const Place& place) {
    count++;
    last = place;
  }
};

class Image {
 public:
  static Result<Image> open(int directory, uint32_t file, const BakedFiles& names) {
    auto mm = criu_image::read_messages(directory, names.mm, Kind::Mm);
    if (!mm) return std::unexpected(mm.error());
    if (mm->size() != 1) return fail(ErrorCode::ImageInvalid, names.mm);
    auto vmas = criu_image::decode_vmas(mm->front());
    if (!vmas) return std::unexpected(vmas.error());
    auto messages = criu_image::read_messages(directory, names.pagemap, Kind::Pagemap);
    if (!messages) return std::unexpected(messages.error());
    auto pagemap = criu_image::decode_pagemap(*messages);
    if (!pagemap) return std::unexpected(pagemap.error());
    Image image;
    std::ranges::copy_if(*vmas, std::back_inserter(image.mapped_),
                         [&](const Vma& vma) { return is_mapped_from(vma, file); });
    image.rest_ = std::move(*pagemap);
    for (uint64_t offset = 0; const PageRun& run : image.rest_.runs) {
      image.offsets_.push_back(offset);
      offset += run.pages * kPageSize;
    }
    image.heap_file_.reset(::openat(directory, names.heap.c_str(), O_RDONLY | O_CLOEXEC));
    image.rest_file_.reset(::openat(directory, names.rest.c_str(), O_RDONLY | O_CLOEXEC));
    if (!image.heap_file_ || !image.rest_file_)
      return fail_errno(ErrorCode::ImageInvalid, names.heap);
    return image;
  }

  /// Where the page is; there should be one place.
  [[nodiscard]] Places places_of(uint64_t address) const {
    Places places;
    const auto vma = std::ranges::upper_bound(mapped_, address, {}, &Vma::end);
    if (vma != mapped_.end() && vma->start <= address)
      places.add({heap_file_.get(), vma->file_offset + (address - vma->start), true});
    const auto run = std::ranges::upper_bound(rest_.runs, address, {}, &PageRun::end);
    if (run != rest_.runs.end() && run->address <= address) {
      const auto index = static_cast<size_t>(run - rest_.runs.begin());
      places.add({rest_file_.get(), offsets_[index] + (address - run->address)});
    }
    return places;
  }

 private:
  std::vector<Vma> mapped_;
  Pagemap rest_;
  std::vector<uint64_t> offsets_;  ///< Of the runs of rest_, in their file.
  UniqueFd heap_file_;
  UniqueFd rest_file_;
};

bool read_page(int file, uint64_t offset, PageBytes& page) {
  return ::pread(file, page.data(), page.size(), static_cast<off_t>(offset)) ==
         static_cast<ssize_t>(page.size());
}

}  // namespace

Result<void> test_baked(int directory, const Pagemap& before, const Original& original,
                        uint32_t file, const BakedFiles& names) {
  auto image = Image::open(directory, file, names);
  if (!image) return std::unexpected(image.error());
  alignas(64) PageBytes was, is;  // As os/page_buffer.h says.
  for (uint64_t at = 0; const PageRun& run : before.runs) {
    for (uint64_t page = 0; page < run.pages; page++, at += kPageSize) {
      const uint64_t address = run.address + page * kPageSize;
      const auto places = image->places_of(address);
      if (places.count != 1) return wrong(places.count ? "two pages" : "no page", address);
      if (page % kOneIn != 0) continue;
      if (original.by_address && !places.last.in_heap) continue;
      if (!read_page(original.file, original.by_address ? address : at, was) ||
          !read_page(places.last.file, places.last.offset, is))
        return wrong("no page can be read", address);
      if (was != is) return wrong("another page", address);
    }
  }
  return {};
}

}  // namespace tubthump::bake
