#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "report/schema_report.hpp"
#include "rules/registry.hpp"

namespace lockstep {

int schemaCommand(const Tool &, Words words) {
  Parsed<SchemaArguments> parsed = parseSchema(words);
  if (!parsed.arguments)
    return parsed.status;
  const SchemaArguments &arguments = *parsed.arguments;
  Result<std::vector<InputGroup>> groups = groupInput(arguments.input, allRules());
  if (!groups) {
    complain(groups.error().message);
    return 2;
  }
  SchemaOutcome outcome;
  for (InputGroup &group : *groups) {
    group.scope.changes_only = false;
    Result<SchemaOutcome> one = runSchema(group.settings, group.scope, arguments.request);
    if (!one) {
      complain(one.error().message);
      return 2;
    }
    outcome.result.postgres = one->result.postgres;
    merge(outcome, std::move(*one));
  }
  bool written = writeOut(arguments.format == SchemaFormat::json ? renderSchemaJson(outcome.result)
                                                                 : renderSchemaSql(outcome.result));
  return complainAbout(outcome.reach, arguments.input) || !written ? 2 : 0;
}

} // namespace lockstep
