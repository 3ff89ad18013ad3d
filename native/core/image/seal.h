// What the files of an image were when it was made: their bytes, and the time that they had then.
//
// Every restore compares sizes and times, which takes a stat(2) that it does anyway. A file with
// another time was copied without it, or edited: it is read, and its checksum compared.
#pragma once

#include <sys/stat.h>

#include <vector>

#include "error/error.h"
#include "image/manifest.h"

namespace tubthump::image {

/// Gives each of `files`, which are in `directory`, the checksum and the time that it has now.
/// Reads every byte, on all processors. Errors: ImageInvalid when one cannot be read.
Result<void> seal(int directory, std::vector<ImageFile>& files);

/// Whether `file`, found as `info`, still has its bytes. One that was read for that gets its time
/// back, where that is possible, so that the next restore need not read it. A file without a seal
/// is good as it is. Errors: ImageInvalid naming the file.
Result<void> check_seal(int directory, const ImageFile& file, const struct stat& info);

/// Gives `file` the time that it was made at, for a copy that is known to have its bytes.
void give_time(int directory, const ImageFile& file);

/// Whether all files have their bytes, whatever their times say. Errors: ImageInvalid naming all
/// that have others, or one that cannot be read.
Result<void> check_bytes(int directory, const std::vector<ImageFile>& files);

}  // namespace tubthump::image
