#include "launcher/working_set_agent.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "criu/find.h"
#include "launcher/copy_options.h"
#include "launcher/plain_image.h"
#include "launcher/report.h"
#include "record/recorder.h"
#include "restore/image_check.h"
#include "working_set/file.h"

namespace tubthump::launcher {

namespace {

using working_set::Run;
using working_set::WorkingSet;

nlohmann::json describe_file(const WorkingSet& set, uint32_t index) {
  uint64_t pages = 0, written = 0, runs = 0;
  for (const Run& run : set.runs) {
    if (run.file != index) continue;
    pages += run.pages;
    written += run.written ? run.pages : 0;
    runs++;
  }
  const auto& file = set.files[index];
  return {{"name", file.name},
          {"inImage", file.in_image},
          {"size", file.size},
          {"pages", pages},
          {"written", written},
          {"runs", runs},
          {"bytes", pages * working_set::kPageSize}};
}

void print(const WorkingSet& set) {
  nlohmann::json files = nlohmann::json::array(), runs = nlohmann::json::array();
  for (uint32_t index = 0; index < set.files.size(); index++)
    files.push_back(describe_file(set, index));
  for (const Run& run : set.runs)
    if (set.files[run.file].in_image)
      runs.push_back({{"file", set.files[run.file].name},
                      {"offset", run.offset},
                      {"address", run.address},
                      {"pages", run.pages},
                      {"written", run.written}});
  const nlohmann::json object{{"imageId", set.image_id},
                              {"order", set.ordered ? "first touch" : "address"},
                              {"files", files},
                              {"runs", runs}};
  std::cout << object.dump() << std::endl;
}

Result<void> describe(const std::string& images, const encryption::KeySource& key) {
  auto plain = open_plain(images, "", key);
  if (!plain) return std::unexpected(plain.error());
  auto image = restore::open_image(plain->path);
  if (!image) return std::unexpected(image.error());
  auto set = working_set::read(image->directory.get(), image->manifest.id);
  if (!set) return std::unexpected(set.error());
  if (!*set) return fail(ErrorCode::WorkingSetMissing, "no working set was recorded for " + images);
  print(**set);
  return {};
}

Result<WorkingSet> watch_copy(const restore::RestoreOptions& options) {
  auto recorder = record::Recorder::start(options);
  if (!recorder) return std::unexpected(recorder.error());
  std::cout << "recording " << recorder->pid() << std::endl;
  std::string line;
  if (!std::getline(std::cin, line))
    return fail(ErrorCode::RpcAborted, "nobody said that the requests were sent");
  return recorder->finish();
}

Result<void> record(const std::string& images, const std::string& criu_option,
                    const encryption::KeySource& key) {
  auto criu = criu::find(criu_option);
  if (!criu) return std::unexpected(criu.error());
  auto plain = open_plain(images, "", key);
  if (!plain) return std::unexpected(plain.error());
  UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  restore::RestoreOptions options;
  options.criu = *criu;
  options.images = plain->path;
  options.payload = restore::make_payload(environ, {});
  // stdout is ours: the copy's goes where its stderr goes.
  options.stdio = {nothing.get(), 2, 2};
  auto image = restore::open_image(plain->path);
  if (!image) return std::unexpected(image.error());
  UniqueFd directory(::open(images.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  if (!directory) return fail_errno(ErrorCode::ImageMissing, images);
  auto touched = watch_copy(options);
  if (!touched) return std::unexpected(touched.error());
  // One of another image or a damaged one is replaced.
  auto before = working_set::read(image->directory.get(), image->manifest.id);
  if (before && *before) touched = working_set::unite(**before, *touched);
  if (auto written = working_set::write(directory.get(), *touched); !written) return written;
  print(*touched);
  return {};
}

}  // namespace

int working_set_agent(int argc, char** argv) {
  encryption::KeySource key;
  auto words = parse_command_line(argc, argv, rules_of(key));
  if (!words) return report(words.error(), true);
  const auto& given = words->operands;
  const std::string verb = given.empty() ? "" : given[0];
  Result<void> done = fail(ErrorCode::Usage, "working-set-agent describe DIR | record DIR [CRIU]");
  if (verb == "describe" && given.size() == 2) done = describe(given[1], key);
  if (verb == "record" && (given.size() == 2 || given.size() == 3))
    done = record(given[1], given.size() > 2 ? given[2] : "", key);
  return done ? 0 : report(done.error(), true);
}

}  // namespace tubthump::launcher
