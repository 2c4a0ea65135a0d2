#include "base/path.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace lockstep::base {

namespace fs = std::filesystem;

std::string joinPath(std::string_view folder, std::string_view name) {
  // "-" alone is standard input.
  if (folder.empty() || folder == ".")
    return name == "-" ? "./-" : std::string(name);
  std::string joined;
  joined.reserve(folder.size() + 1 + name.size());
  joined.append(folder);
  if (joined.back() != '/')
    joined += '/';
  return joined.append(name);
}

std::string_view fileName(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string parentPath(std::string_view path) {
  if (path == ".")
    return "..";
  if (path == ".." || path.ends_with("/.."))
    return std::string(path) + "/..";
  return std::string(folderOf(path));
}

std::string_view folderOf(std::string_view file) {
  const size_t slash = file.rfind('/');
  return slash == std::string_view::npos ? "." : file.substr(0, std::max<size_t>(slash, 1));
}

std::string normalPath(std::string_view path) {
  std::vector<std::string_view> parts;
  bool is_absolute = path.starts_with('/');
  for (size_t at = 0; at <= path.size();) {
    size_t end = std::min(path.find('/', at), path.size());
    std::string_view part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".")
      continue;
    bool has_parent = !parts.empty() && parts.back() != "..";
    if (part == ".." && has_parent)
      parts.pop_back();
    else if (part != ".." || !is_absolute)
      parts.push_back(part);
  }
  std::string result = is_absolute ? "/" : "";
  for (std::string_view part : parts) {
    if (!result.empty() && result.back() != '/')
      result += '/';
    result += part;
  }
  if (result == "-" && path != "-")
    return "./-";
  return result.empty() ? "." : result;
}

std::string absolutePath(std::string_view path) {
  std::error_code error;
  // weakly_canonical leaves a path relative whose first part does not exist.
  fs::path absolute = fs::absolute(fs::path(path), error);
  if (error)
    return std::string(path);
  fs::path resolved = fs::weakly_canonical(absolute, error);
  return normalPath((error ? absolute : resolved).generic_string());
}

std::string displayPath(std::string_view path) {
  std::string normal = normalPath(path);
  if (!normal.starts_with('/'))
    return normal;
  std::error_code error;
  std::string here = fs::current_path(error).generic_string();
  if (error || !isBelow(normal, here))
    return normal;
  return std::string(relativeTo(normal, here));
}

bool isBelow(std::string_view path, std::string_view folder) {
  if (path == folder)
    return true;
  if (folder == ".")
    return !path.starts_with('/') && path != ".." && !path.starts_with("../");
  if (!path.starts_with(folder))
    return false;
  return folder.ends_with('/') || path[folder.size()] == '/';
}

std::string_view relativeTo(std::string_view path, std::string_view folder) {
  if (path == folder)
    return ".";
  if (folder == "." || !isBelow(path, folder))
    return path;
  return path.substr(folder.size() + (folder.ends_with('/') ? 0 : 1));
}

} // namespace lockstep::base
