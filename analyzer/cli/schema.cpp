#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "rules/registry.hpp"

namespace lockstep {

int schemaCommand(const Tool &, Words words) {
  Parsed<InputArguments> parsed = parseSchema(words);
  if (!parsed.arguments)
    return parsed.status;
  Result<std::vector<InputGroup>> groups = groupInput(*parsed.arguments, allRules());
  if (!groups) {
    complain(groups.error().message);
    return 2;
  }
  SchemaOutcome outcome;
  for (InputGroup &group : *groups) {
    group.scope.changes_only = false;
    Result<SchemaOutcome> one = runSchema(group.settings, group.scope);
    if (!one) {
      complain(one.error().message);
      return 2;
    }
    outcome.result.postgres = one->result.postgres;
    merge(outcome, std::move(*one));
  }
  bool written = writeOut(renderSchemaJson(outcome.result));
  return complainAbout(outcome.reach, *parsed.arguments) || !written ? 2 : 0;
}

} // namespace lockstep
