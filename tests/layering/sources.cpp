#include "sources.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace fs = std::filesystem;

namespace layering {

std::vector<Source> sourcesBelow(const std::string &folder) {
  std::vector<Source> sources;
  for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".hpp" && extension != ".h" && extension != ".cpp" && extension != ".c")
      continue;
    std::ifstream file(entry.path());
    sources.push_back(
        {entry.path().generic_string(), std::string(std::istreambuf_iterator<char>(file), {})});
  }
  std::sort(sources.begin(), sources.end(),
            [](const Source &a, const Source &b) { return a.path < b.path; });
  return sources;
}

std::vector<Include> includesOf(std::string_view text) {
  std::vector<Include> includes;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t hash = line.find_first_not_of(" \t");
    if (hash == std::string::npos || line[hash] != '#')
      continue;
    const std::size_t word = line.find_first_not_of(" \t", hash + 1);
    if (word == std::string::npos || line.compare(word, 7, "include") != 0)
      continue;
    const std::size_t open = line.find_first_of("<\"", word);
    const std::size_t close =
        open == std::string::npos ? open : line.find(line[open] == '<' ? '>' : '"', open + 1);
    if (close != std::string::npos)
      includes.push_back({line.substr(open + 1, close - open - 1), line[open] == '"'});
  }
  return includes;
}

const std::vector<std::string> &layers() {
  static const std::vector<std::string> names = [] {
    std::istringstream words(LOCKSTEP_LAYERS);
    return std::vector<std::string>(std::istream_iterator<std::string>(words), {});
  }();
  return names;
}

} // namespace layering
