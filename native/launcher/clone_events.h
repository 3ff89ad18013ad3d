// What `clone` tells of its copies: lines for people, or JSON lines for programs.
//
//   {"event":"restored","copy":1,"pid":4711,"cloneId":"…","imageId":"…","generation":1,"tookMs":21}
//   {"event":"failed","copy":2,"code":"ERR_…","message":"…","hint":"…","log":"…"}
//   {"event":"lost","copy":1,"code":"ERR_…","message":"…","hint":"…","log":"…"}
//   {"event":"exited","copy":1,"status":0,"signal":0}
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "clone/report.h"

namespace tubthump::launcher {

class CloneEvents {
 public:
  /// `control` is where events go, or -1: to stderr, as JSON or for people.
  CloneEvents(int control, bool json) : control_(control), json_(json) {}

  void restored(int copy, const clone::Restored& restored) const;
  void failed(int copy, const Error& error) const;
  /// Why a copy that lived is ended.
  void lost(int copy, const Error& error) const;
  /// `status` as wait(2) gives it.
  void exited(int copy, int status) const;
  /// Once, when every copy lives or has failed.
  void settled(int up, int count) const;

 private:
  void write(const nlohmann::json& event) const;
  void write_error(const char* event, int copy, const Error& error) const;

  int control_;
  bool json_;
};

}  // namespace tubthump::launcher
