#include "working_set/working_set.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tubthump::working_set {

namespace {

template <class Visit>
void for_each_page(const WorkingSet& set, const Visit& visit) {
  for (const Run& run : set.runs)
    for (uint64_t page = 0; page < run.pages; page++)
      visit(Page{run.file, run.offset + page * kPageSize, run.address + page * kPageSize,
                 run.written});
}

}  // namespace

uint32_t index_of(std::vector<File>& files, const File& file) {
  const auto found = std::ranges::find(files, file);
  if (found != files.end()) return static_cast<uint32_t>(found - files.begin());
  files.push_back(file);
  return static_cast<uint32_t>(files.size() - 1);
}

void append(std::vector<Run>& runs, const Page& page) {
  if (!runs.empty()) {
    Run& last = runs.back();
    const uint64_t size = last.pages * kPageSize;
    if (last.file == page.file && last.written == page.written &&
        last.offset + size == page.offset && last.address + size == page.address) {
      last.pages++;
      return;
    }
  }
  runs.push_back({page.file, 1, page.offset, page.address, page.written});
}

WorkingSet unite(const WorkingSet& one, const WorkingSet& other) {
  WorkingSet both{one.image_id, one.ordered && other.ordered, one.files, {}};
  std::vector<Page> pages;
  std::map<std::pair<uint32_t, uint64_t>, size_t> known;
  const auto add = [&](const Page& page) {
    const auto [found, is_new] = known.try_emplace({page.file, page.offset}, pages.size());
    if (is_new)
      pages.push_back(page);
    else if (page.written)
      pages[found->second].written = true;
  };
  for_each_page(one, add);
  for_each_page(other, [&](Page page) {
    page.file = index_of(both.files, other.files[page.file]);
    add(page);
  });
  for (const Page& page : pages) append(both.runs, page);
  return both;
}

uint64_t count_pages(const WorkingSet& set, bool only_image) {
  uint64_t pages = 0;
  for (const Run& run : set.runs)
    if (!only_image || set.files[run.file].in_image) pages += run.pages;
  return pages;
}

}  // namespace tubthump::working_set
