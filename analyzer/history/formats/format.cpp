#include "history/formats/format.hpp"

#include "history/formats/all.hpp"

#include <algorithm>
#include <array>

namespace lockstep::history {

// Where two formats have equally strong evidence, the first counts.
static constexpr std::array<const Format *, 26> all_formats = {&flyway_format,
                                                               &golang_migrate_format,
                                                               &goose_format,
                                                               &dbmate_format,
                                                               &sqlx_format,
                                                               &diesel_format,
                                                               &prisma_format,
                                                               &drizzle_format,
                                                               &supabase_format,
                                                               &sqitch_format,
                                                               &hasura_format,
                                                               &liquibase_format,
                                                               &refinery_format,
                                                               &tern_format,
                                                               &atlas_format,
                                                               &graphile_migrate_format,
                                                               &node_pg_migrate_format,
                                                               &sql_migrate_format,
                                                               &yoyo_format,
                                                               &pgmigrate_format,
                                                               &popx_format,
                                                               &alembic_format,
                                                               &django_format,
                                                               &psql_format,
                                                               &custom_format,
                                                               &plain_format};

std::optional<Evidence> evidenceOf(const Format &format, const Folder &folder) {
  if (format.detect)
    return format.detect(folder);
  return format.mark ? markedEvidence(folder, format.mark) : std::nullopt;
}

std::span<const Format *const> formats() { return all_formats; }

const Format *formatNamed(std::string_view name) {
  auto found = std::find_if(all_formats.begin(), all_formats.end(),
                            [&](const Format *format) { return format->name == name; });
  return found == all_formats.end() ? nullptr : *found;
}

Unit wholeFile(const History &history, const MigrationFile &file, std::string_view text) {
  Unit unit;
  unit.direction = file.direction.value_or(Direction::up);
  unit.model = file.model.value_or(history.execution);
  unit.model_reason = file.model_reason;
  unit.section = {0, static_cast<uint32_t>(text.size())};
  return unit;
}

FileLayout layoutOf(const History &history, const MigrationFile &file, std::string_view text) {
  FileLayout layout;
  if (history.format && history.format->layout)
    layout = history.format->layout(history, file, text);
  else
    layout.units.push_back(wholeFile(history, file, text));
  // psql and most clients skip a byte order mark; the parser would take it for an identifier.
  if (text.starts_with("\xEF\xBB\xBF"))
    layout.masks.push_back({{0, 3}, ""});
  return layout;
}

} // namespace lockstep::history
