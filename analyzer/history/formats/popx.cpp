#include "base/path.hpp"
#include "history/formats/all.hpp"
#include "history/reading/names.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace lockstep::history {

// ory popx: <version>_<name>[.<dialect>][.autocommit].<up|down>.sql; a file without a dialect is
// for those that have none of their own. ".autocommit" is sent without a transaction, in one
// message.

namespace {
struct PopxName {
  NamedFile named;
  std::string dialect; ///< Empty: any.
  bool autocommit = false;
};
} // namespace

static std::optional<PopxName> parseName(std::string_view file) {
  std::optional<std::string_view> stem = sqlStem(file);
  std::optional<NamedFile> named = stem ? directedName(*stem) : std::nullopt;
  if (!named)
    return std::nullopt;
  PopxName parsed;
  if (named->name.ends_with(".autocommit")) {
    parsed.autocommit = true;
    named->name.resize(named->name.size() - std::string_view(".autocommit").size());
  }
  constexpr std::array<std::string_view, 7> dialects = {
      "postgres", "mysql", "sqlite", "sqlite3", "cockroach", "mariadb", "postgresql"};
  size_t dot = named->name.rfind('.');
  if (dot != std::string::npos) {
    std::string last = named->name.substr(dot + 1);
    if (std::find(dialects.begin(), dialects.end(), last) != dialects.end()) {
      parsed.dialect = last;
      named->name.resize(dot);
    }
  }
  parsed.named = std::move(*named);
  return parsed;
}

static std::optional<Evidence> detect(const Folder &folder) {
  for (const std::string &file : folder.files()) {
    // A dialect or ".autocommit" stands between the two dots that other names have, too.
    if (std::count(file.begin(), file.end(), '.') < 3)
      continue;
    if (auto parsed = parseName(file); parsed && (!parsed->dialect.empty() || parsed->autocommit))
      return Evidence{file, Evidence::content};
  }
  return std::nullopt;
}

static void list(const Folder &folder, History &history) {
  std::vector<PopxName> files;
  for (const std::string &file : folder.files()) {
    std::optional<PopxName> parsed = parseName(file);
    if (!parsed || (!parsed->dialect.empty() && !parsed->dialect.starts_with("postgres")))
      continue;
    parsed->named.path = folder.pathOf(file);
    files.push_back(std::move(*parsed));
  }
  // Sorted so that the general file of a step comes directly before PostgreSQL's own.
  std::stable_sort(files.begin(), files.end(), [](const PopxName &a, const PopxName &b) {
    auto key = [](const PopxName &file) {
      return std::tie(file.named.version, file.named.name, file.named.direction, file.dialect);
    };
    return key(a) < key(b);
  });
  std::vector<NamedFile> own;
  for (size_t i = 0; i < files.size(); ++i) {
    const NamedFile &named = files[i].named;
    bool is_general = files[i].dialect.empty() && i + 1 < files.size() &&
                      files[i + 1].named.version == named.version &&
                      files[i + 1].named.name == named.name &&
                      files[i + 1].named.direction == named.direction;
    if (!is_general)
      own.push_back(named);
  }
  history.migrations = groupByVersion(std::move(own));
  for (Migration &migration : history.migrations)
    for (MigrationFile &file : migration.files) {
      if (file.path.find(".autocommit.") == std::string::npos)
        continue;
      file.model = ExecutionModel::implicit;
      file.model_reason = ".autocommit in the file's name";
    }
}

/// Files for other databases, and general ones that PostgreSQL's own stands for.
static Claim claim(std::string_view path) {
  return parseName(fileName(path)) ? Claim::usual : Claim::none;
}

constexpr Format popx_format{
    .name = "popx",
    .detect = detect,
    .list = list,
    .claim = claim,
    .conduct = {.overtaken = "runs it all the same, in another order than on a new database",
                .runs_overtaken = true},
    .downs = Downs::usual};

} // namespace lockstep::history
