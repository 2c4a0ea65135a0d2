#include "config/config.hpp"

#include "config/reader.hpp"

#include <algorithm>
#include <tuple>

namespace lockstep::config {

ConfigReading readConfig(const SourceFile &file, std::span<const Rule *const> rules,
                         const FileReader &read) {
  ConfigReading reading;
  reading.settings.config_file = file.path;
  reading.files.push_back(file);
  ConfigReader(0, rules, read, reading, {}).readFile();
  std::stable_sort(reading.problems.begin(), reading.problems.end(),
                   [](const ConfigProblem &a, const ConfigProblem &b) {
                     return std::tie(a.file, a.where) < std::tie(b.file, b.where);
                   });
  return reading;
}

} // namespace lockstep::config
