#include "base/text.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

static const SetVariable *searchPathOf(const std::vector<SetVariable> &settings) {
  auto found = std::find_if(settings.begin(), settings.end(), [](const SetVariable &setting) {
    return setting.name == "search_path" && !setting.reset;
  });
  return found == settings.end() ? nullptr : &*found;
}

/// True where a later statement of the change set gives the function its search_path.
static bool isSetLater(const QualifiedName &function, const Step &step) {
  for (const Function *made : step.at.change_set->after.findFunctions(function))
    if (made->definition && searchPathOf(made->definition->settings))
      return true;
  return false;
}

/// True where pg_temp is listed, but not as the last one: tables of any user come first then.
static bool hasEarlyTemp(const SetVariable &path) {
  std::vector<std::string> schemas;
  for (const std::string &value : path.values)
    for (std::string_view schema : split(value, ','))
      schemas.emplace_back(trim(schema));
  auto found = std::find(schemas.begin(), schemas.end(), "pg_temp");
  return found != schemas.end() && found + 1 != schemas.end();
}

static void reportMissing(const QualifiedName &function, Range where, Report &report) {
  report
      .add(where,
           "'{}' runs with its owner's rights and the caller's search_path: a caller can put "
           "objects of its own in front of those that it uses",
           shown(function))
      .help("add SET search_path = pg_catalog, pg_temp (after the schemas that it uses), or write "
            "the body as BEGIN ATOMIC");
}

/// True for a SQL body in which no name depends on search_path: plain SELECTs whose relations,
/// functions and types are qualified, without operators, which have schemas, too.
static bool isQualified(const CreateFunction &op) {
  if (op.language != "sql" || !op.body.parsed || op.body.statements.empty() ||
      op.body.text.find_first_of("+-/<>=~!@#%^&|`?:") != std::string::npos)
    return false;
  const auto hasSchema = [](const auto &use) { return !use.name.schema.empty(); };
  bool names = false;
  for (const EmbeddedStatement &embedded : op.body.statements) {
    if (!embedded.statement)
      return false;
    for (const Op &each : embedded.statement->ops) {
      const auto *select = std::get_if<Select>(&each);
      if (!select || select->query.has_where || !select->query.types.empty() ||
          !std::all_of(select->query.relations.begin(), select->query.relations.end(), hasSchema) ||
          !std::all_of(select->query.functions.begin(), select->query.functions.end(), hasSchema))
        return false;
      names = names || !select->query.relations.empty() || !select->query.functions.empty();
    }
  }
  return names;
}

static void checkCreate(const CreateFunction &op, const Step &step, Report &report) {
  if (!op.security_definer || op.is_atomic)
    return;
  const SetVariable *path = searchPathOf(op.settings);
  if (!path) {
    if (!isQualified(op) && !isSetLater(op.function, step))
      reportMissing(op.function, op.where, report);
    return;
  }
  if (hasEarlyTemp(*path))
    report
        .add(op.where,
             "search_path of '{}' puts pg_temp before other schemas: a caller's temporary tables "
             "come in front of those that it uses",
             shown(op.function))
        .help("put pg_temp last");
}

static void checkAlter(const AlterFunction &op, const Step &step, Report &report) {
  if (op.security_definer != true || searchPathOf(op.settings) || isSetLater(op.function, step))
    return;
  for (const Function *function : step.before().findFunctions(op.function))
    if (function->definition && function->definition->is_atomic)
      return;
  reportMissing(op.function, op.where, report);
}

extern constexpr Rule security_definer_search_path{
    .id = "security-definer-search-path",
    .category = Category::security,
    .severity = Severity::error,
    .checks = {on<&checkCreate>, on<&checkAlter>},
};

} // namespace lockstep::rules
