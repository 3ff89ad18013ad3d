#include "restore/streaming.h"

#include <optional>
#include <utility>
#include <vector>

#include "stream/image_tasks.h"

namespace tubthump::restore {

namespace {

/// The runs that are of this process, in their order.
std::vector<stream::PageRange> wanted_first(const working_set::WorkingSet& touched,
                                            const stream::LazyMemory& memory) {
  std::vector<stream::PageRange> ranges;
  for (const working_set::Run& run : touched.runs) {
    const working_set::File& file = touched.files[run.file];
    if (file.in_image && file.name == memory.file)
      ranges.push_back({run.address, run.address + run.pages * working_set::kPageSize});
  }
  return ranges;
}

}  // namespace

Result<stream::StartedServer> start_streaming(const OpenImage& image, Paging paging,
                                              const std::optional<working_set::WorkingSet>& touched,
                                              stream::Guard::OnLost on_lost,
                                              rpc::Request& request) {
  std::vector<stream::LazyMemory> memory;
  for (const image::ImageFile& file : image.manifest.files) {
    const auto pid = stream::number_in(file.name, "pagemap");
    if (!pid) continue;
    auto loaded = stream::load_lazy_memory(image.directory.get(), *pid);
    if (!loaded) return std::unexpected(loaded.error());
    if (touched) loaded->first = wanted_first(*touched, *loaded);
    memory.push_back(std::move(*loaded));
  }
  const auto serving =
      paging == Paging::Asked ? stream::Serving::Asked : stream::Serving::Everything;
  auto server =
      stream::start_server(std::move(memory), serving, image.manifest.tasks, std::move(on_lost));
  if (!server) return server;
  request.notify_scripts = true;
  request.options->lazy_pages = true;
  request.options->work_dir_fd = server->work.fd();
  return server;
}

bool is_streamed(Paging paging, const image::Manifest& manifest) {
  if (paging == Paging::AsMade) return manifest.engine == "stream";
  return paging != Paging::Eager;
}

}  // namespace tubthump::restore
