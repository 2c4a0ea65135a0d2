#pragma once
#include "history/formats/format.hpp"
#include "history/layer.hpp"

#include <string_view>

namespace lockstep::history {

/// The line that makes a file formatted SQL: "--liquibase formatted sql".
[[nodiscard]] bool isLiquibaseHeader(std::string_view line);

/// A unit for each change-set that runs on PostgreSQL, and a down unit for its rollback.
[[nodiscard]] FileLayout liquibaseLayout(const History &history, const MigrationFile &file,
                                         std::string_view text);

} // namespace lockstep::history
