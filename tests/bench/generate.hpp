#pragma once
#include <cstdint>
#include <filesystem>

namespace lockstep::bench {

/// Writes a golang-migrate history of `migrations` files into `directory`: tables, columns,
/// indexes, constraints, backfills and drops in the proportions of a service that has grown for
/// years. The same arguments write the same bytes.
void generateHistory(const std::filesystem::path &directory, uint32_t migrations);

/// Writes a dump of about `megabytes` MB as pg_dump makes them with --inserts: a few hundred
/// tables, single-row INSERTs, then keys and indexes.
void generateDump(const std::filesystem::path &file, uint32_t megabytes);

} // namespace lockstep::bench
