#pragma once
#include "history/formats/format.hpp"
#include "history/layer.hpp"

namespace lockstep::history {

// The formats, one a file of its name; formats() lists them.
extern const Format alembic_format;
extern const Format atlas_format;
extern const Format custom_format;
extern const Format dbmate_format;
extern const Format diesel_format;
extern const Format django_format;
extern const Format drizzle_format;
extern const Format flyway_format;
extern const Format golang_migrate_format;
extern const Format goose_format;
extern const Format graphile_migrate_format;
extern const Format hasura_format;
extern const Format liquibase_format;
extern const Format node_pg_migrate_format;
extern const Format pgmigrate_format;
extern const Format plain_format;
extern const Format popx_format;
extern const Format prisma_format;
extern const Format psql_format;
extern const Format refinery_format;
extern const Format sql_migrate_format;
extern const Format sqitch_format;
extern const Format sqlx_format;
extern const Format supabase_format;
extern const Format tern_format;
extern const Format yoyo_format;

} // namespace lockstep::history
