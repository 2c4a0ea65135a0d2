#include "report/formats/schema_sql.hpp"

#include "ddl/dump/dump.hpp"
#include "report/channel.hpp"
#include "report/escape.hpp"
#include "report/line_diff.hpp"

namespace lockstep::report {

static std::string commentLine(std::string_view text) { return "-- " + printable(text) + "\n"; }

static std::string scriptOf(const Catalog &catalog, int postgres) {
  return sealed(Channel::sql, ddl::schemaSql(catalog, postgres));
}

std::string renderSchemaSql(const SchemaResult &result) {
  std::string text;
  for (const HistorySchema &schema : result.histories) {
    text += commentLine("The schema that " + schema.history.path + " leaves on PostgreSQL " +
                        std::to_string(result.postgres));
    if (schema.catalog.incompleteSince())
      text += commentLine("Not complete: the history runs SQL that only the server knows.");
    if (schema.before) {
      text +=
          "--- " + (schema.from.empty() ? std::string("nothing") : printable(schema.from)) + "\n";
      text += "+++ " + (schema.to.empty() ? std::string("the end") : printable(schema.to)) + "\n";
      text += lineDiff(scriptOf(*schema.before, result.postgres),
                       scriptOf(schema.catalog, result.postgres));
      continue;
    }
    text += "\n" + scriptOf(schema.catalog, result.postgres);
  }
  return text;
}

} // namespace lockstep::report
