#include "criu_image/pagemap.h"

#include <protozero/pbf_builder.hpp>
#include <protozero/pbf_message.hpp>

namespace tubthump::criu_image {

namespace {

enum class Head : protozero::pbf_tag_type { PagesId = 1 };

enum class Entry : protozero::pbf_tag_type {
  Vaddr = 1,
  CompatNrPages = 2,
  InParent = 3,
  Flags = 4,
  NrPages = 5,
};

std::unexpected<Error> invalid(const char* why) {
  return fail(ErrorCode::ImageInvalid, std::string("pagemap image: ") + why);
}

/// Throws protozero::exception.
PageRun decode_run(const std::string& bytes) {
  PageRun run;
  protozero::pbf_message<Entry> message(bytes);
  while (message.next()) {
    // protozero only asserts it, and reads something else without assertions.
    if (message.wire_type() != protozero::pbf_wire_type::varint)
      throw protozero::unknown_pbf_wire_type_exception{};
    switch (message.tag()) {
      case Entry::Vaddr:
        run.address = message.get_uint64();
        break;
      case Entry::CompatNrPages:
        if (!run.pages)
          run.pages = message.get_uint32();
        else
          message.skip();
        break;
      case Entry::Flags:
        run.flags = message.get_uint32();
        break;
      case Entry::NrPages:
        run.pages = message.get_uint64();
        break;
      default:
        throw protozero::unknown_pbf_wire_type_exception{};
    }
  }
  return run;
}

}  // namespace

Result<Pagemap> decode_pagemap(const std::vector<std::string>& messages) try {
  if (messages.empty()) return invalid("empty");
  Pagemap pagemap;
  protozero::pbf_message<Head> head(messages.front());
  while (head.next(Head::PagesId, protozero::pbf_wire_type::varint))
    pagemap.pages_id = head.get_uint32();
  uint64_t last = 0;
  for (size_t i = 1; i < messages.size(); i++) {
    PageRun run = decode_run(messages[i]);
    if (!run.pages || run.address % kPageSize || run.address < last)
      return invalid("runs out of order");
    if (!(run.flags & PageRun::kPresent)) return invalid("pages that are elsewhere");
    last = run.end();
    pagemap.runs.push_back(run);
  }
  return pagemap;
} catch (const protozero::exception&) {
  return invalid("not as CRIU 4.2 writes it");
}

std::vector<std::string> encode_pagemap(const Pagemap& pagemap) {
  std::vector<std::string> messages(1);
  protozero::pbf_builder<Head>(messages.front()).add_uint32(Head::PagesId, pagemap.pages_id);
  for (const PageRun& run : pagemap.runs) {
    protozero::pbf_builder<Entry> entry(messages.emplace_back());
    entry.add_uint64(Entry::Vaddr, run.address);
    // Required, and what CRIU before 4.0 read.
    entry.add_uint32(Entry::CompatNrPages, static_cast<uint32_t>(run.pages));
    entry.add_uint32(Entry::Flags, run.flags);
    entry.add_uint64(Entry::NrPages, run.pages);
  }
  return messages;
}

}  // namespace tubthump::criu_image
