#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::base {

/// The folder that whatever the files in `folder` name must lie in: the root of its repository;
/// without one the working directory where that holds it, else `folder` itself. Absolute, without
/// symbolic links. Nothing above it is looked at.
[[nodiscard]] std::string enclosingRoot(const std::string &folder);

/// What may be read on behalf of paths that someone asked for. Files of a checkout name other
/// files, by a setting or by being links to them; whoever wrote those files must not have any other
/// file of the machine shown in a report.
class Enclosure {
public:
  /// Nothing may be read yet.
  Enclosure() = default;
  explicit Enclosure(std::span<const std::string> paths);

  /// Takes in the root around a file or folder that someone asked for. Where a link on the way to
  /// it leads out of the repository or working directory that the link stands in, it is that which
  /// is taken in.
  void add(const std::string &path);

  /// True where a path without symbolic links lies in one of the roots. What the system shows as
  /// files without there being any (/proc, /sys, /dev) belongs to none that reaches from above.
  [[nodiscard]] bool contains(std::string_view absolute) const;
  [[nodiscard]] bool empty() const { return roots_.empty(); }
  /// True for one of the roots.
  [[nodiscard]] bool isRoot(std::string_view absolute) const;

private:
  std::vector<std::string> roots_; ///< As enclosingRoot() has them, sorted.
};

/// What is wrong with a path that is not contained, as the end of a sentence.
inline constexpr std::string_view outside_enclosure =
    "it is outside the repository (or, without one, the folder) being checked";

} // namespace lockstep::base
