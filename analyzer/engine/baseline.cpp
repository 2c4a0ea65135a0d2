#include "engine/baseline.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <tuple>

namespace lockstep::engine {

using Json = nlohmann::ordered_json;

static constexpr int format_version = 1;

Baseline::Baseline(std::string folder) : folder_(absolutePath(folder)) {}

Result<Baseline> Baseline::parse(std::string_view text, const std::string &path) {
  auto fault = [&](std::string_view what) {
    return Error{format("{} {}; `lockstep baseline create --force` writes it anew", path, what)};
  };
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("findings") || !json["findings"].is_array())
    return fault("is no baseline");
  if (!json.contains("version") || json["version"] != format_version)
    return fault("was written by another version of lockstep");
  Baseline baseline(parentPath(path));
  size_t number = 0;
  for (const Json &item : json["findings"]) {
    ++number;
    auto isText = [&](const char *key) { return item.contains(key) && item[key].is_string(); };
    if (!item.is_object() || !isText("file") || !isText("rule") || !isText("statement") ||
        !item.contains("occurrence") || !item["occurrence"].is_number_unsigned())
      return fault(format("has an entry that is none, number {}", std::to_string(number)));
    baseline.entries_.insert({item["file"], item["rule"], item["statement"], item["occurrence"]});
  }
  return baseline;
}

std::string Baseline::text() const {
  // An entry a line, so that merges and reviews see entries.
  std::string text = "{\n  \"version\": " + std::to_string(format_version) + ",\n  \"findings\": [";
  std::string_view separator = "\n";
  for (const Entry &entry : entries_) {
    Json json;
    json["file"] = entry.file;
    json["rule"] = entry.rule;
    json["statement"] = entry.statement;
    json["occurrence"] = entry.occurrence;
    text += separator;
    text += "    " + json.dump(-1, ' ', false, Json::error_handler_t::replace);
    separator = ",\n";
  }
  return text + (entries_.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

std::string Baseline::relative(const std::string &shown) const {
  std::string absolute = joinPath(absolutePath(parentPath(shown)), fileName(shown));
  return std::filesystem::path(absolute).lexically_relative(folder_).generic_string();
}

std::vector<Baseline::Entry> Baseline::entriesOf(std::span<const Finding> findings) const {
  std::map<std::string, std::string> paths; ///< As shown → as entries have it.
  std::map<std::tuple<std::string, std::string, std::string>, uint32_t> occurrences;
  std::vector<Entry> entries;
  for (const Finding &finding : findings) {
    Entry &entry = entries.emplace_back();
    if (finding.suppressed && finding.suppressed->kind != "baseline")
      continue;
    auto [path, is_new] = paths.try_emplace(finding.file);
    if (is_new)
      path->second = relative(finding.file);
    entry.file = path->second;
    entry.rule = finding.rule;
    entry.statement = statementHash(finding);
    entry.occurrence = occurrences[{entry.file, entry.rule, entry.statement}]++;
  }
  return entries;
}

void Baseline::apply(std::span<Finding> findings) const {
  std::vector<Entry> found = entriesOf(findings);
  for (size_t i = 0; i < findings.size(); ++i)
    if (!findings[i].suppressed && entries_.contains(found[i]))
      findings[i].suppressed = Suppression{"baseline", ""};
}

std::vector<Baseline::Entry>
Baseline::stale(std::span<const Finding> findings,
                const std::function<bool(const Entry &)> &judged) const {
  std::vector<Entry> found = entriesOf(findings);
  std::set<Entry> answered(found.begin(), found.end());
  std::vector<Entry> stale;
  for (const Entry &entry : entries_)
    if (!answered.contains(entry) && judged(entry))
      stale.push_back(entry);
  return stale;
}

void Baseline::add(std::span<const Finding> findings) {
  for (Entry &entry : entriesOf(findings))
    if (!entry.rule.empty())
      entries_.insert(std::move(entry));
}

void Baseline::remove(std::span<const Entry> entries) {
  for (const Entry &entry : entries)
    entries_.erase(entry);
}

} // namespace lockstep::engine
