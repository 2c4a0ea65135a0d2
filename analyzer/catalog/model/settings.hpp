#pragma once
#include "catalog/layer.hpp"
#include "catalog/model/state.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lockstep::catalog {

/// The value that a setting has now: SET LOCAL before SET before what sessions start with; nullopt
/// where none of them tells.
[[nodiscard]] std::optional<std::string> settingOf(const CatalogState &state,
                                                   std::string_view name);

/// Brings CatalogState::search_path up to date after the setting changed.
void refreshSearchPath(CatalogState &state);

} // namespace lockstep::catalog
