#include "catalog/apply/apply_op.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/model/references.hpp"

#include <algorithm>

namespace lockstep {

static std::shared_ptr<const std::vector<std::string>>
searchPathOf(const std::optional<std::string> &value) {
  std::vector<std::string> path;
  if (!value) {
    path.emplace_back("public");
  } else {
    for (std::string_view part : split(*value, ',')) {
      QualifiedName schema = parseQualifiedName(trim(part));
      // "$user" is a schema of the role's name, which does not exist as a rule.
      if (!schema.name.empty() && schema.name != "$user" && schema.name != "pg_catalog" &&
          schema.name != "pg_temp")
        path.push_back(std::move(schema.name));
    }
  }
  return std::make_shared<const std::vector<std::string>>(std::move(path));
}

static std::optional<std::string> valueOf(const CatalogState &state, std::string_view name) {
  if (const Setting *setting = state.settings.find(name)) {
    if (setting->local)
      return setting->local;
    if (setting->session)
      return setting->session;
  }
  if (const std::string *value = state.default_settings.find(name))
    return *value;
  return std::nullopt;
}

std::optional<std::string> Catalog::setting(std::string_view name) const {
  return valueOf(*state_, name);
}

static void refreshSearchPath(CatalogState &state) {
  state.search_path = searchPathOf(valueOf(state, "search_path"));
}

void Catalog::setDefaultSettings(const std::map<std::string, std::string> &values) {
  CatalogState &state = mutableState();
  state.default_settings = {};
  for (const auto &[name, value] : values)
    state.default_settings.set(name, value);
  refreshSearchPath(state);
}

/// Takes what SET LOCAL set back to the session's values.
static void endLocal(CatalogState &state) {
  if (state.local_settings == 0)
    return;
  std::vector<std::string> names;
  state.settings.forEach([&](const std::string &name, const Setting &setting) {
    if (setting.local)
      names.push_back(name);
  });
  for (const std::string &name : names)
    state.settings.edit(name)->local.reset();
  state.local_settings = 0;
  refreshSearchPath(state);
}

/// The value as SET would write it in one text. Names of search_path keep their case in quotes.
static std::string joinedValue(const SetVariable &op) {
  if (op.name != "search_path")
    return join(op.values, ", ");
  std::string text;
  for (const std::string &value : op.values) {
    if (!text.empty())
      text += ", ";
    // set_config and SET … TO 'a, b' give one text with the whole list; names come bare.
    const bool list = op.values.size() == 1 && value.find(',') != std::string::npos;
    text += list ? value : quoteIdentifier(value);
  }
  return text;
}

bool applyOp(Change &change, const SetVariable &op) {
  CatalogState &state = change.mutableState();
  if (op.name.empty()) { // RESET ALL, DISCARD ALL.
    state.settings = {};
    state.local_settings = 0;
    refreshSearchPath(state);
    return true;
  }
  if (!state.settings.find(op.name))
    state.settings.set(op.name, Setting());
  Setting &setting = *state.settings.edit(op.name);
  std::optional<std::string> value;
  if (!op.reset)
    value = joinedValue(op);
  if (op.local && !value) {
    const std::string *initial = state.default_settings.find(op.name);
    value = setting.session.value_or(initial ? *initial : std::string());
  }
  if (op.local) {
    state.local_settings += setting.local ? 0 : 1;
    setting.local = value;
  } else {
    state.local_settings -= setting.local ? 1 : 0;
    setting.local.reset();
    setting.session = value;
  }
  if (op.name == "search_path")
    refreshSearchPath(state);
  return true;
}

void endTransaction(Catalog &catalog, const Catalog &at_begin, bool committed) {
  if (catalog.state().local_settings > 0)
    endLocal(catalog.mutableState());
  if (!committed)
    return;
  // Temporary tables of this transaction are all that ON COMMIT can be about.
  const ObjectSet *temporary = catalog.state().members.find(std::string_view(temporary_schema));
  if (!temporary)
    return;
  std::vector<ObjectId> dropped, emptied;
  temporary->forEach([&](ObjectId id, bool) {
    const Relation *relation = catalog.relation(id);
    if (relation && relation->on_commit == 'x')
      dropped.push_back(id);
    if (relation && relation->on_commit == 'd' && relation->populated)
      emptied.push_back(id);
  });
  std::sort(dropped.begin(), dropped.end());
  ApplyResult ignored;
  const Origin origin;
  Change change(catalog, origin, 0, ignored);
  for (ObjectId id : dropped)
    if (catalog.relation(id))
      removeRelation(change, id);
  for (ObjectId id : emptied)
    if (catalog.relation(id)) // It may have gone with a dropped parent.
      change.edit(id)->populated = false;
  (void)at_begin;
}

} // namespace lockstep
