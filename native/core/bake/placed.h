// The pages of a process that came to their places while CRIU dumped it.
#pragma once

#include <cstdint>
#include <vector>

#include "bake/stretch.h"
#include "criu_image/pagemap.h"

namespace tubthump::bake {

struct Placed {
  std::vector<Stretch> stretches;  ///< Of heap.img.
  criu_image::Pagemap all;         ///< What CRIU sent.
  criu_image::Pagemap rest;        ///< What is not in a stretch: in CRIU's pages file.
  uint64_t bytes = 0;              ///< Pages in stretches.
};

}  // namespace tubthump::bake
