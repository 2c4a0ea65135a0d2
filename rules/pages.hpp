#pragma once

#include <string_view>

namespace lockstep::rules {

/// The page of a rule, byte for byte what fixtures/rules/<id>/README.md holds; empty when the id
/// has no page.
std::string_view rulePage(std::string_view id);

} // namespace lockstep::rules
