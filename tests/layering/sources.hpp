#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace layering {

struct Source {
  std::string path; ///< "analyzer/sql/text/lexer.cpp"
  std::string text;

  [[nodiscard]] bool isHeader() const { return path.ends_with(".hpp") || path.ends_with(".h"); }
  /// "analyzer/sql/text"
  [[nodiscard]] std::string_view folder() const {
    return std::string_view(path).substr(0, path.rfind('/'));
  }
  /// "lexer.cpp"
  [[nodiscard]] std::string_view file() const {
    return std::string_view(path).substr(path.rfind('/') + 1);
  }
  /// "lexer"
  [[nodiscard]] std::string_view stem() const { return file().substr(0, file().rfind('.')); }
};

/// All C and C++ files below a folder, sorted by path.
[[nodiscard]] std::vector<Source> sourcesBelow(const std::string &folder);

struct Include {
  std::string name;
  bool quoted = false;
};

[[nodiscard]] std::vector<Include> includesOf(std::string_view text);

/// The layers of analyzer/, lowest first.
[[nodiscard]] const std::vector<std::string> &layers();

} // namespace layering
