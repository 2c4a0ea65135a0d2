#include "catalog/model/settings.hpp"

#include "base/text.hpp"
#include "catalog/model/references.hpp"

namespace lockstep::catalog {

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

std::optional<std::string> settingOf(const CatalogState &state, std::string_view name) {
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

void refreshSearchPath(CatalogState &state) {
  state.search_path = searchPathOf(settingOf(state, "search_path"));
}

} // namespace lockstep::catalog
