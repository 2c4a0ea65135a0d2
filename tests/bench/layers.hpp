#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace lockstep::bench {

/// The texts of all .sql files below the paths, in the order of their names; down files left out.
[[nodiscard]] std::vector<std::string> readTexts(const std::vector<std::filesystem::path> &paths);

/// What PostgreSQL's parser alone takes.
struct RawParse {
  double cpu_seconds = 0;
  uint64_t statements = 0;
  uint64_t bytes = 0;
  uint64_t failed = 0; ///< Texts that do not parse as a whole.
};
[[nodiscard]] RawParse rawParseAll(const std::vector<std::string> &texts);

/// CPU seconds of each layer on its own, one after the other, over the same texts.
struct LayerCosts {
  double parse = 0;   ///< Parsing, scanning and lowering.
  double catalog = 0; ///< Applying.
  double effects = 0;
};
[[nodiscard]] LayerCosts measureLayers(const std::vector<std::string> &texts);

} // namespace lockstep::bench
