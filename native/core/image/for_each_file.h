// Reads the files of an image on all processors: the largest first, for nobody is to be left with
// it when the others have ended.
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <thread>
#include <vector>

#include "error/error.h"
#include "os/parallel.h"

namespace tubthump::image {

/// Calls `visit(file)`, from several threads, for all of `files`, which have a `size`. The first
/// error ends it. Errors: those of `visit`.
template <class Files, class Visit>
Result<void> for_each_file(Files& files, const Visit& visit) {
  std::vector<decltype(&*std::begin(files))> order;
  for (auto& file : files) order.push_back(&file);
  std::ranges::sort(order, std::ranges::greater{}, [](const auto* file) { return file->size; });
  constexpr unsigned kMostThreads = 8;
  Turns turns;
  return in_parallel(order.size(), jobs_up_to(kMostThreads), turns,
                     [&] { return [&](size_t index) { return visit(*order[index]); }; });
}

}  // namespace tubthump::image
