#include "dump/complete.h"

#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include "bake/bake.h"
#include "bake/placed.h"
#include "image/files.h"
#include "image/seal.h"
#include "process/tree.h"

namespace tubthump::dump {

namespace {

/// What CRIU writes after its notification that the dump is complete.
const std::set<std::string_view> kLate{kLog, "stats-dump"};

Result<image::RequiredFile> program_of(pid_t pid) {
  const std::string link = "/proc/" + std::to_string(pid) + "/exe";
  std::error_code error;
  image::RequiredFile program{std::filesystem::read_symlink(link, error), 0};
  struct stat info;
  if (error || ::stat(link.c_str(), &info) < 0)
    return fail_errno(ErrorCode::System, "find the service's program");
  program.size = static_cast<uint64_t>(info.st_size);
  return program;
}

/// An image that cannot be baked is a plain one: slower, not wrong. Unless its process was baked
/// before: then half of its heap is in the older image.
Result<void> bake(RunningDump& dump, image::Manifest& facts) {
  const int directory = dump.destination.directory();
  const pid_t pid = dump.target.pid;
  const bake::MappedBefore* before = dump.before ? &*dump.before : nullptr;
  std::optional<bake::Placed> placed;
  if (dump.pages) {
    auto finished = dump.pages->finish();
    if (!finished) return std::unexpected(finished.error());
    placed = std::move(*finished);
  }
  auto baked = placed ? bake::bake_placed(directory, pid, dump.target.heap, before, *placed)
                      : bake::bake_heap(directory, pid, dump.target.heap, before);
  if (!baked && before) return std::unexpected(baked.error());
  if (!baked && placed)
    if (auto plain = bake::make_plain(directory, pid, *placed); !plain) return plain;
  if (!baked) facts.not_baked = baked.error().message;
  if (baked && baked->vmas > 0)
    facts.heap = {bake::kHeapFile, baked->bytes, baked->vmas, baked->all_vmas};
  return {};
}

}  // namespace

bool is_to_be_baked(const RunningDump& dump) {
  return !dump.target.heap.empty() && (dump.request.map_heap || dump.before);
}

Result<void> complete(RunningDump& dump) {
  const Target& target = dump.target;
  image::Manifest facts = dump.facts;
  facts.pid = target.pid;
  facts.channel_inode = target.channel_inode;
  facts.shell_job = dump.shell_job;
  auto tasks = process::tasks_of(target.pid);
  if (!tasks) return std::unexpected(tasks.error());
  facts.tasks = std::move(*tasks);
  auto program = program_of(target.pid);
  if (!program) return std::unexpected(program.error());
  facts.requires_files = {std::move(*program)};
  if (is_to_be_baked(dump)) {
    const auto started = std::chrono::steady_clock::now();
    if (auto baked = bake(dump, facts); !baked) return baked;
    facts.bake_time = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - started);
  }
  facts.engine = !facts.heap.file.empty() ? "map" : dump.request.stream ? "stream" : "eager";
  dump.facts = std::move(facts);
  return {};
}

Result<void> publish(RunningDump& dump) {
  image::Manifest& facts = dump.facts;
  auto files = image::list_files(dump.destination.directory());
  if (!files) return std::unexpected(files.error());
  std::erase_if(*files, [](const image::ImageFile& file) { return kLate.contains(file.name); });
  dump.destination.start_writing();  // The disk is busy while checksums are made.
  if (auto sealed = image::seal(dump.destination.directory(), *files); !sealed) return sealed;
  facts.files = std::move(*files);
  auto manifest = image::complete_manifest(dump.request.manifest_draft, facts);
  if (!manifest) return std::unexpected(manifest.error());
  return dump.destination.publish(*manifest);
}

}  // namespace tubthump::dump
