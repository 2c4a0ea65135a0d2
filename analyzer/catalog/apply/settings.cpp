#include "catalog/model/settings.hpp"

#include "catalog/apply/apply_op.hpp"

namespace lockstep::catalog {

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

} // namespace lockstep::catalog
