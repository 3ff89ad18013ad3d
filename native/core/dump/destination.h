// Where a dump goes: the directory that CRIU writes to, and the image that comes of it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dump/request.h"
#include "encryption/key.h"
#include "encryption/plain_side.h"
#include "error/error.h"
#include "image/staging.h"

namespace tubthump::dump {

class Destination {
 public:
  /// Reads the key, if there is to be one: nothing is dumped without it.
  /// Errors: Key, Usage, NoMemory, Namespace, ImageMismatch (the processor); ImagePublish.
  static Result<Destination> create(const DumpRequest& request);

  /// CRIU's: on the disk what is to be the image, or memory when that is to be encrypted.
  [[nodiscard]] int directory() const {
    return plain_ ? plain_->directory() : staging_.directory();
  }

  /// Whether a hole costs nothing. On a tmpfs it takes a page when a copy reads it, and a copy that
  /// gets none is killed (SIGBUS).
  [[nodiscard]] bool takes_holes() const;

  /// Has the disk start on what is there, when it is to have it as it is.
  void start_writing() {
    if (!plain_) staging_.start_writing();
  }

  /// Adds manifest.json, encrypts all, and gives the image its place. Errors: ImagePublish.
  Result<void> publish(std::string_view manifest);

  /// Keeps what was published; otherwise it is withdrawn at our end.
  void finish() { staging_.finish(); }

 private:
  explicit Destination(image::Staging staging) : staging_(std::move(staging)) {}

  image::Staging staging_;
  std::optional<encryption::Key> key_;
  std::optional<encryption::PlainSide> plain_;
};

}  // namespace tubthump::dump
