#include "engine/rule.hpp"

#include "base/text.hpp"

namespace lockstep::engine {

std::string_view name(Preset preset) {
  switch (preset) {
  case Preset::recommended:
    return "recommended";
  case Preset::strict:
    return "strict";
  case Preset::all:
    return "all";
  case Preset::opt_in:
    return "opt-in";
  }
  return "all";
}

std::string_view summaryOf(std::string_view page) {
  size_t heading = page.find('\n');
  if (heading == std::string_view::npos)
    return {};
  std::string_view rest = page.substr(heading);
  size_t begin = rest.find_first_not_of("\r\n");
  if (begin == std::string_view::npos)
    return {};
  rest.remove_prefix(begin);
  return trim(rest.substr(0, rest.find("\n\n")));
}

} // namespace lockstep::engine
