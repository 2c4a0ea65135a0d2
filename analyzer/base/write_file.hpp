#pragma once
#include "base/result.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::base {

struct WriteOptions {
  /// The text that the file is known to have: where it has another one by now, somebody else has
  /// written it meanwhile, and it is left alone. Unset: whatever it has is replaced.
  std::optional<std::string_view> expected = {};
  /// Called before each system call, with its name; anything but 0 is the errno that the call fails
  /// with. For tests.
  std::function<int(std::string_view call)> before_call = {};
};

/// Writes a file so that at each moment it has either all of its old content or all of the new:
/// the text goes to a new file beside it, `.lockstep-…`, reaches the disk, and is renamed. Where
/// anything fails, the new file is removed again and the old one is untouched. Killed, it leaves
/// the file whole, and perhaps the one beside it.
///
/// The file keeps its mode and, where the system allows it, owner and group. A symbolic link stays
/// one: what it leads to is replaced. Other hard links keep the old content. A file that may not be
/// written is refused even where its folder would let it be replaced. What is no regular file, such
/// as a device or a pipe, is written as it is; a file that is open already, named as /dev/stdout or
/// the like, gets the text at its end.
///
/// An error names the file, the step that failed and why.
[[nodiscard]] Status writeFile(const std::string &path, std::string_view text,
                               const WriteOptions &options = {});

} // namespace lockstep::base
