#include "report/formats/schema_sql.hpp"

#include "ddl/dump/dump.hpp"
#include "report/line_diff.hpp"

namespace lockstep::report {

/// The text without line breaks and other control characters.
static std::string oneLine(std::string text) {
  for (char &c : text)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
      c = ' ';
  return text;
}

static std::string commentLine(std::string text) { return "-- " + oneLine(std::move(text)) + "\n"; }

std::string renderSchemaSql(const SchemaResult &result) {
  std::string text;
  for (const HistorySchema &schema : result.histories) {
    text += commentLine("The schema that " + schema.history.path + " leaves on PostgreSQL " +
                        std::to_string(result.postgres));
    if (schema.catalog.incompleteSince())
      text += commentLine("Not complete: the history runs SQL that only the server knows.");
    if (schema.before) {
      text += "--- " + (schema.from.empty() ? std::string("nothing") : oneLine(schema.from)) + "\n";
      text += "+++ " + (schema.to.empty() ? std::string("the end") : oneLine(schema.to)) + "\n";
      text += lineDiff(ddl::schemaSql(*schema.before, result.postgres),
                       ddl::schemaSql(schema.catalog, result.postgres));
      continue;
    }
    text += "\n" + ddl::schemaSql(schema.catalog, result.postgres);
  }
  return text;
}

} // namespace lockstep::report
