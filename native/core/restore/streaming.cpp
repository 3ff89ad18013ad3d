#include "restore/streaming.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace tubthump::restore {

namespace {

/// N of pagemap-N.img; pagemap-shmem-N.img is shared memory, which CRIU restores itself.
std::optional<pid_t> process_of(std::string_view file) {
  constexpr std::string_view start = "pagemap-", end = ".img";
  if (!file.starts_with(start) || !file.ends_with(end)) return std::nullopt;
  file.remove_prefix(start.size());
  file.remove_suffix(end.size());
  pid_t pid = 0;
  const auto [rest, error] = std::from_chars(file.data(), file.data() + file.size(), pid);
  if (error != std::errc() || rest != file.data() + file.size()) return std::nullopt;
  return pid;
}

}  // namespace

Result<stream::StartedServer> start_streaming(const OpenImage& image, stream::Guard::OnLost on_lost,
                                              rpc::Request& request) {
  std::vector<stream::LazyMemory> memory;
  for (const image::ImageFile& file : image.manifest.files) {
    const auto pid = process_of(file.name);
    if (!pid) continue;
    auto loaded = stream::load_lazy_memory(image.directory.get(), *pid);
    if (!loaded) return std::unexpected(loaded.error());
    memory.push_back(std::move(*loaded));
  }
  auto server = stream::start_server(std::move(memory), image.manifest.tasks, std::move(on_lost));
  if (!server) return server;
  request.notify_scripts = true;
  request.options->lazy_pages = true;
  request.options->work_dir_fd = server->work.fd();
  return server;
}

bool is_streamed(Paging paging, const image::Manifest& manifest) {
  if (paging == Paging::AsMade) return manifest.engine == "stream";
  return paging == Paging::Stream;
}

}  // namespace tubthump::restore
