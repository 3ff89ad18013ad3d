#include "criu_image/files.h"

#include <fcntl.h>

#include <algorithm>
#include <protozero/pbf_builder.hpp>
#include <protozero/pbf_message.hpp>

namespace tubthump::criu_image {

namespace {

/// file_entry (images/fdinfo.proto)
enum class FileEntry : protozero::pbf_tag_type { Type = 1, Id = 2, Reg = 3 };
/// enum fd_types
constexpr int kRegular = 1;
/// reg_file_entry (images/regfile.proto)
enum class RegFile : protozero::pbf_tag_type { Id = 1, Flags = 2, Pos = 3, Fown = 5, Name = 6 };
/// fown_entry (images/fown.proto)
enum class Fown : protozero::pbf_tag_type { Uid = 1, Euid = 2, Signum = 3, PidType = 4, Pid = 5 };

}  // namespace

Result<uint32_t> free_file_id(const std::vector<std::string>& files) try {
  uint32_t highest = 0;
  for (const std::string& file : files) {
    protozero::pbf_message<FileEntry> message(file);
    while (message.next(FileEntry::Id, protozero::pbf_wire_type::varint))
      highest = std::max(highest, message.get_uint32());
  }
  return highest + 1;
} catch (const protozero::exception&) {
  return fail(ErrorCode::ImageInvalid, "files image: not as CRIU 4.2 writes it");
}

Result<std::string> name_of_file(const std::vector<std::string>& files, uint32_t id) try {
  for (const std::string& file : files) {
    protozero::pbf_message<FileEntry> entry(file);
    std::string name;
    bool wanted = false;
    while (entry.next()) {
      // protozero only asserts wire types, and reads something else without assertions.
      const auto type = entry.wire_type();
      if (entry.tag() == FileEntry::Id && type == protozero::pbf_wire_type::varint) {
        wanted = entry.get_uint32() == id;
      } else if (entry.tag() == FileEntry::Reg &&
                 type == protozero::pbf_wire_type::length_delimited) {
        protozero::pbf_message<RegFile> regular(entry.get_message());
        while (regular.next(RegFile::Name, protozero::pbf_wire_type::length_delimited))
          name = regular.get_string();
      } else {
        entry.skip();
      }
    }
    if (wanted) return name;
  }
  return std::string();
} catch (const protozero::exception&) {
  return fail(ErrorCode::ImageInvalid, "files image: not as CRIU 4.2 writes it");
}

std::string encode_inherited_file(uint32_t id, const std::string& key) {
  std::string bytes;
  protozero::pbf_builder<FileEntry> entry(bytes);
  entry.add_enum(FileEntry::Type, kRegular);
  entry.add_uint32(FileEntry::Id, id);
  protozero::pbf_builder<RegFile> file(entry, FileEntry::Reg);
  file.add_uint32(RegFile::Id, id);
  file.add_uint32(RegFile::Flags, O_RDONLY);
  file.add_uint64(RegFile::Pos, 0);
  {
    protozero::pbf_builder<Fown> owner(file, RegFile::Fown);
    for (Fown field : {Fown::Uid, Fown::Euid, Fown::Signum, Fown::PidType, Fown::Pid})
      owner.add_uint32(field, 0);
  }
  // CRIU takes the first character off for the key of inherit_fd.
  file.add_string(RegFile::Name, "/" + key);
  return bytes;
}

}  // namespace tubthump::criu_image
