#pragma once
#include "report/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::report {

/// A rule's page as readers shall see it: without the `-- expect` comments and the HTML comments
/// that make it a test.
[[nodiscard]] std::string publishedPage(std::string_view page);

/// A published page as plain text for a terminal: fences indented, links spelled out.
[[nodiscard]] std::string plainPage(std::string_view page);

/// The text below the first heading, up to the next: what the rule is about.
[[nodiscard]] std::string firstSection(std::string_view page);

} // namespace lockstep::report
