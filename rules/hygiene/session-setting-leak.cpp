#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>
#include <map>

namespace lockstep::rules {

/// Settings that make later migrations on the same connection do something else. A timeout only
/// makes them give up earlier.
static bool changesMeaning(std::string_view setting) {
  static constexpr std::string_view names[] = {"search_path",
                                               "role",
                                               "session_authorization",
                                               "row_security",
                                               "session_replication_role",
                                               "check_function_bodies",
                                               "standard_conforming_strings",
                                               "default_tablespace",
                                               "default_table_access_method"};
  return std::find(std::begin(names), std::end(names), setting) != std::end(names);
}

static void check(const ChangeSet &change_set, Report &report) {
  std::map<std::string, std::pair<const StatementStep *, Range>> open;
  const MigrationFile *file = nullptr;
  auto closeFile = [&] {
    for (const auto &[name, place] : open)
      report
          .addAt(
              *place.first, place.second,
              format("'{}' stays set when the file ends: later migrations on the same connection "
                     "run with it",
                     name))
          .help("SET LOCAL in a transaction, or RESET {} at the end of the file", name);
    open.clear();
  };
  for (const StatementStep &step : change_set.statements) {
    if (step.file != file)
      closeFile();
    file = step.file;
    if (step.history->session_per_file || step.migration->starts_deploys)
      continue;
    for (const Op &op : step.statement->ops) {
      const auto *set = std::get_if<SetVariable>(&op);
      if (!set || set->local || step.enclosing)
        continue;
      if (set->name.empty())
        open.clear();
      else if (set->reset)
        open.erase(set->name);
      else if (changesMeaning(set->name))
        open[set->name] = {&step, set->where};
    }
  }
  closeFile();
}

extern constexpr Rule session_setting_leak{
    .id = "session-setting-leak",
    .category = Category::hygiene,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {onChangeSets<&check, SetVariable>},
};

} // namespace lockstep::rules
