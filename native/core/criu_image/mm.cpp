#include "criu_image/mm.h"

#include <protozero/pbf_builder.hpp>
#include <protozero/pbf_message.hpp>

namespace tubthump::criu_image {

namespace {

enum class MmField : protozero::pbf_tag_type { Vmas = 14 };

enum class VmaField : protozero::pbf_tag_type {
  Start = 1,
  End = 2,
  PgOff = 3,
  ShmId = 4,
  Prot = 5,
  Flags = 6,
  Status = 7,
  Fd = 8,
  Madv = 9,
  FdFlags = 10,
};

std::unexpected<Error> invalid(const char* why) {
  return fail(ErrorCode::ImageInvalid, std::string("mm image: ") + why);
}

/// Throws protozero::exception.
Vma decode_vma(protozero::pbf_message<VmaField> message) {
  Vma vma;
  while (message.next()) {
    // protozero only asserts it, and reads something else without assertions.
    if (message.wire_type() != protozero::pbf_wire_type::varint)
      throw protozero::unknown_pbf_wire_type_exception{};
    switch (message.tag()) {
      case VmaField::Start:
        vma.start = message.get_uint64();
        break;
      case VmaField::End:
        vma.end = message.get_uint64();
        break;
      case VmaField::PgOff:
        vma.file_offset = message.get_uint64();
        break;
      case VmaField::ShmId:
        vma.shmid = message.get_uint64();
        break;
      case VmaField::Prot:
        vma.prot = message.get_uint32();
        break;
      case VmaField::Flags:
        vma.flags = message.get_uint32();
        break;
      case VmaField::Status:
        vma.status = message.get_uint32();
        break;
      case VmaField::Fd:
        vma.fd = message.get_sint64();
        break;
      case VmaField::Madv:
        vma.madv = message.get_uint64();
        vma.has_madv = true;
        break;
      case VmaField::FdFlags:
        vma.fd_flags = message.get_uint32();
        vma.has_fd_flags = true;
        break;
      default:
        // A field that we do not know may change the meaning of those that we rewrite.
        throw protozero::unknown_pbf_wire_type_exception{};
    }
  }
  return vma;
}

void encode_vma(protozero::pbf_builder<MmField>& out, const Vma& vma) {
  protozero::pbf_builder<VmaField> entry(out, MmField::Vmas);
  entry.add_uint64(VmaField::Start, vma.start);
  entry.add_uint64(VmaField::End, vma.end);
  entry.add_uint64(VmaField::PgOff, vma.file_offset);
  entry.add_uint64(VmaField::ShmId, vma.shmid);
  entry.add_uint32(VmaField::Prot, vma.prot);
  entry.add_uint32(VmaField::Flags, vma.flags);
  entry.add_uint32(VmaField::Status, vma.status);
  entry.add_sint64(VmaField::Fd, vma.fd);
  if (vma.has_madv) entry.add_uint64(VmaField::Madv, vma.madv);
  if (vma.has_fd_flags) entry.add_uint32(VmaField::FdFlags, vma.fd_flags);
}

}  // namespace

Result<std::vector<Vma>> decode_vmas(const std::string& mm) try {
  std::vector<Vma> vmas;
  protozero::pbf_message<MmField> message(mm);
  while (message.next(MmField::Vmas, protozero::pbf_wire_type::length_delimited))
    vmas.push_back(decode_vma(message.get_message()));
  for (size_t i = 0; i < vmas.size(); i++) {
    if (vmas[i].start >= vmas[i].end || vmas[i].start % 4096 || vmas[i].end % 4096)
      return invalid("a VMA with impossible bounds");
    if (i && vmas[i].start < vmas[i - 1].start) return invalid("VMAs out of order");
  }
  return vmas;
} catch (const protozero::exception&) {
  return invalid("not as CRIU 4.2 writes it");
}

Result<std::string> replace_vmas(const std::string& mm, const std::vector<Vma>& vmas) try {
  std::string bytes;
  protozero::pbf_builder<MmField> out(bytes);
  protozero::pbf_reader reader(mm);
  const char* field = reader.data().data();
  while (reader.next()) {
    const auto tag = reader.tag();
    reader.skip();
    const char* next = reader.data().data();
    if (tag != static_cast<protozero::pbf_tag_type>(MmField::Vmas))
      bytes.append(field, static_cast<size_t>(next - field));
    field = next;
  }
  for (const Vma& vma : vmas) encode_vma(out, vma);
  return bytes;
} catch (const protozero::exception&) {
  return invalid("not as CRIU 4.2 writes it");
}

}  // namespace tubthump::criu_image
