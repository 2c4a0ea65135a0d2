#pragma once
#include <string>
#include <string_view>

namespace lockstep::base {

// Paths are '/'-separated UTF-8 or bytes as the system gives them; "." is the working directory.

/// `folder`/`name`; just `name` where the folder is "." or empty, but "./-" for "-".
[[nodiscard]] std::string joinPath(std::string_view folder, std::string_view name);
/// The folder that `path` stands in: "." for a bare name, ".." for "." and for "..".
[[nodiscard]] std::string parentPath(std::string_view path);
/// The same for the path of a file, as a view of it.
[[nodiscard]] std::string_view folderOf(std::string_view file);
/// The last part of the path.
[[nodiscard]] std::string_view fileName(std::string_view path);
/// Without "./", "//", and "x/.."; never empty. A file called "-" keeps its "./".
[[nodiscard]] std::string normalPath(std::string_view path);
/// `path` without symbolic links and relative parts, as far as it exists.
[[nodiscard]] std::string absolutePath(std::string_view path);
/// As it is shown: normal, and relative to the working directory where it is given absolute and
/// lies inside.
[[nodiscard]] std::string displayPath(std::string_view path);
/// True where `path` is `folder` or lies below it; both displayed or both absolute.
[[nodiscard]] bool isBelow(std::string_view path, std::string_view folder);
/// `path` as seen from `folder`; `path` itself where it is not below it.
[[nodiscard]] std::string_view relativeTo(std::string_view path, std::string_view folder);

} // namespace lockstep::base
