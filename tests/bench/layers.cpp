#include "bench/layers.hpp"

#include "bench/measure.hpp"
#include "catalog/apply/apply.hpp"
#include "effects/effects.hpp"
#include "sql/script.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

extern "C" {
#include "toolchain/raw_parse.h"
}

namespace fs = std::filesystem;

namespace lockstep::bench {

using namespace effects;

std::vector<std::string> readTexts(const std::vector<fs::path> &paths) {
  std::vector<fs::path> files;
  for (const fs::path &path : paths) {
    if (!fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(path))
      if (entry.is_regular_file() && entry.path().extension() == ".sql" &&
          entry.path().filename().string().find("down.sql") == std::string::npos)
        files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> texts;
  for (const fs::path &file : files) {
    std::ifstream stream(file, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return texts;
}

RawParse rawParseAll(const std::vector<std::string> &texts) {
  RawParse result;
  double begin = cpuSeconds();
  for (const std::string &text : texts) {
    int error_at = 0;
    int statements = rawParse(text.c_str(), &error_at);
    result.bytes += text.size();
    if (statements < 0)
      ++result.failed;
    else
      result.statements += static_cast<uint64_t>(statements);
  }
  result.cpu_seconds = cpuSeconds() - begin;
  return result;
}

static LayerCosts measureOnce(const std::vector<std::string> &texts) {
  // As the program does it: files are parsed ahead, some hundred at a time.
  constexpr size_t ahead = 256;
  LayerCosts costs;
  Catalog catalog;
  Origin origin;
  for (size_t first = 0; first < texts.size(); first += ahead) {
    const double begin = cpuSeconds();
    std::vector<Script> scripts;
    for (size_t i = first; i < std::min(first + ahead, texts.size()); ++i)
      scripts.push_back(parseScript(texts[i]));
    const double parsed = cpuSeconds();
    costs.parse += parsed - begin;
    // Effects are computed on the catalog before the statement.
    double effects = 0;
    for (const Script &script : scripts) {
      ++origin.migration;
      for (const auto &statement : script.statements) {
        const double start = cpuSeconds();
        StatementEffects result = effectsOf(*statement, catalog, EffectOptions{});
        effects += cpuSeconds() - start;
        ++origin.statement;
        ++origin.transaction;
        apply(catalog, *statement, origin, 15);
      }
    }
    costs.effects += effects;
    costs.catalog += cpuSeconds() - parsed - effects;
  }
  return costs;
}

LayerCosts measureLayers(const std::vector<std::string> &texts) {
  constexpr int runs = 5;
  LayerCosts best = measureOnce(texts);
  for (int run = 1; run < runs; ++run) {
    const LayerCosts costs = measureOnce(texts);
    best.parse = std::min(best.parse, costs.parse);
    best.catalog = std::min(best.catalog, costs.catalog);
    best.effects = std::min(best.effects, costs.effects);
  }
  return best;
}

} // namespace lockstep::bench
