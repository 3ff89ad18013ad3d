// What makes an image of the files that CRIU has written: the bake, and the manifest.
#pragma once

#include <memory>
#include <optional>

#include "bake/mapped_before.h"
#include "dump/destination.h"
#include "dump/request.h"
#include "error/error.h"
#include "image/manifest.h"
#include "page_server/server.h"

namespace tubthump::dump {

/// CRIU's log among its files.
inline constexpr const char* kLog = "dump.log";

/// What one dump works with.
struct RunningDump {
  const DumpRequest& request;
  const Target& target;
  Destination destination;
  std::optional<bake::MappedBefore> before{};
  std::unique_ptr<page_server::PageServer> pages{};  ///< None: CRIU writes its pages itself.
  bool shell_job = false;
  image::Manifest facts{};
};

/// Whether heap is to be mapped. What was mapped before has to be again: CRIU does not have it.
bool is_to_be_baked(const RunningDump& dump);

/// Bakes, and takes down what the manifest has to say, while the tree is frozen and CRIU's files
/// are complete. Errors: ImagePublish, ImageInvalid, System.
Result<void> complete(RunningDump& dump);

/// Writes the manifest of what was completed, and publishes the image. Errors: ImagePublish,
/// ImageInvalid.
Result<void> publish(RunningDump& dump);

}  // namespace tubthump::dump
