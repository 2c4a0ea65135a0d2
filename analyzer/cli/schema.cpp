#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "report/formats/schema_json.hpp"
#include "report/formats/schema_sql.hpp"

namespace lockstep::cli {

int schemaCommand(const Tool &, Words words) {
  Parsed<SchemaArguments> parsed = parseSchema(words);
  if (!parsed.arguments)
    return parsed.status;
  const SchemaArguments &arguments = *parsed.arguments;
  std::optional<Session> session = openSession(arguments.input);
  if (!session)
    return 2;
  SchemaOutcome outcome;
  for (Project &project : session->projects()) {
    Result<SchemaOutcome> one = project.schema(arguments.request);
    if (!one) {
      complain(one.error().message);
      return 2;
    }
    outcome.result.postgres = one->result.postgres;
    merge(outcome, std::move(*one));
  }
  // The scripts are sealed one by one: what stands between those of a difference is no SQL.
  bool written = arguments.format == SchemaFormat::json
                     ? writeOut(Channel::json, renderSchemaJson(outcome.result))
                     : writeOut(Channel::text, renderSchemaSql(outcome.result));
  return complainAbout(outcome.reach, arguments.input) || !written ? 2 : 0;
}

} // namespace lockstep::cli
