#include "engine/table_sizes.hpp"

#include "base/text.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <set>

namespace lockstep::engine {

using Json = nlohmann::json;

/// A table that no one counted the rows of is small or large by its bytes, at this many a row.
static constexpr uint64_t bytes_a_row = 1000;

Status TableSizes::read(std::string_view json, const std::string &path) {
  const Json document = Json::parse(json, nullptr, false);
  if (!document.is_array())
    return Error{format("{} is no JSON array of tables with their sizes", path)};
  size_t number = 0;
  for (const Json &item : document) {
    ++number;
    const auto fault = [&](std::string_view what) {
      return Error{format("{}: entry {} {}", path, std::to_string(number), what)};
    };
    if (!item.is_object() || !item.contains("relation") || !item["relation"].is_string())
      return fault("has no \"relation\"");
    TableStatistics statistics;
    for (const auto &[key, value] : item.items()) {
      if (value.is_null() || key == "relation")
        continue;
      // A table that was never analysed has -1 rows (pg_class.reltuples, 14).
      if (!value.is_number())
        return fault(format("has a \"{}\" that is no number", key));
      if (value.get<double>() < 0)
        continue;
      if (key == "rows")
        statistics.rows = value.get<uint64_t>();
      else if (key == "bytes")
        statistics.bytes = value.get<uint64_t>();
      else if (key == "writes_per_second")
        statistics.writes_per_second = value.get<double>();
      else
        return fault(
            format("has a \"{}\", which is neither rows, bytes nor writes_per_second", key));
    }
    statistics_[item["relation"].get<std::string>()] = statistics;
  }
  return Done{};
}

void TableSizes::declare(std::string_view table, SizeClass size) {
  const bool qualified = table.find('.') != std::string_view::npos;
  declared_[(qualified ? "" : "public.") + std::string(table)] = size;
}

void TableSizes::setBounds(uint64_t small_below, uint64_t large_from) {
  small_below_ = small_below;
  large_from_ = large_from;
}

SizeClass TableSizes::of(const std::string &relation) const {
  if (auto found = declared_.find(relation); found != declared_.end())
    return found->second;
  auto found = statistics_.find(relation);
  if (found == statistics_.end())
    return SizeClass::unknown;
  const TableStatistics &statistics = found->second;
  if (!statistics.rows && !statistics.bytes)
    return SizeClass::unknown;
  const uint64_t rows = statistics.rows.value_or(statistics.bytes.value_or(0) / bytes_a_row);
  if (rows >= large_from_)
    return SizeClass::large;
  return rows < small_below_ ? SizeClass::small : SizeClass::medium;
}

/// "12 GB".
static std::string sizeText(uint64_t bytes) {
  static constexpr std::array<std::string_view, 5> units{"bytes", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  // As pg_size_pretty does: a larger unit once there are ten of it.
  while (bytes >= 10 * 1024 && unit + 1 < units.size()) {
    bytes = (bytes + 512) / 1024;
    ++unit;
  }
  return std::to_string(bytes) + " " + std::string(units[unit]);
}

/// "52,000,000".
static std::string grouped(uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0)
      text += ',';
    text += digits[i];
  }
  return text;
}

std::string TableSizes::describe(const std::string &relation) const {
  auto measured = statistics_.find(relation);
  if (measured == statistics_.end()) {
    auto declared = declared_.find(relation);
    if (declared == declared_.end())
      return {};
    return relation +
           (declared->second == SizeClass::large ? " is declared large" : " is declared small");
  }
  const TableStatistics &statistics = measured->second;
  std::vector<std::string> parts;
  if (statistics.rows)
    parts.push_back(grouped(*statistics.rows) + (*statistics.rows == 1 ? " row" : " rows"));
  if (statistics.bytes)
    parts.push_back(sizeText(*statistics.bytes));
  if (statistics.writes_per_second && *statistics.writes_per_second >= 1)
    parts.push_back(grouped(static_cast<uint64_t>(*statistics.writes_per_second + 0.5)) +
                    " writes a second");
  return parts.empty() ? std::string() : relation + " has " + join(parts, ", ");
}

/// The tables whose rows the effect goes through.
static std::set<std::string> tablesOf(const Effects &effects) {
  std::set<std::string> tables;
  for (const Rewrite &rewrite : effects.rewrites)
    tables.insert(rewrite.relation.name);
  for (const Scan &scan : effects.scans)
    tables.insert(scan.relation.name);
  for (const IndexBuild &build : effects.index_builds)
    tables.insert(build.table.name);
  if (tables.empty())
    for (const Lock &lock : effects.locks)
      if (lock.reason == LockReason::target)
        tables.insert(lock.relation.name);
  return tables;
}

SizeClass TableSizes::of(const Effects &effects, std::string &telling) const {
  if (effects.duration != Duration::rows)
    return SizeClass::unknown;
  SizeClass result = SizeClass::unknown;
  bool all_small = true;
  for (const std::string &table : tablesOf(effects)) {
    const SizeClass size = of(table);
    all_small = all_small && size == SizeClass::small;
    if (size > result) {
      result = size;
      telling = table;
    }
  }
  return result == SizeClass::small && !all_small ? SizeClass::unknown : result;
}

std::vector<std::string> TableSizes::declared(SizeClass size) const {
  std::vector<std::string> tables;
  for (const auto &[table, declared] : declared_)
    if (declared == size)
      tables.push_back(table);
  return tables;
}

} // namespace lockstep::engine
