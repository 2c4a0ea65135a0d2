#pragma once
#include "base/range.hpp"

#include <cassert>
#include <string>
#include <string_view>

namespace lockstep::base {

/// One file as it was read: its bytes are never changed, so that every Range stays true.
struct SourceFile {
  /// As reached from the working directory, '/'-separated, without a leading "./".
  std::string path;
  std::string text;

  [[nodiscard]] std::string_view slice(Range range) const {
    assert(range.end <= text.size());
    return std::string_view(text).substr(range.begin, range.size());
  }
};

} // namespace lockstep::base
