#include "cli/arguments.hpp"

namespace lockstep::cli {

std::vector<CommandDescription> describeCommands() {
  return {describeCheck(),         describeEffects(),       describeSchema(),
          describePage("rules"),   describePage("explain"), describeBaseline(),
          describeConfig(),        describeInit(),          describeWords("completions"),
          describeWords("manual"), describePage("version")};
}

} // namespace lockstep::cli
