#include "report/formats/effects_json.hpp"

#include "effects/facts/blocks.hpp"
#include "report/json_parts.hpp"

#include <nlohmann/json.hpp>

namespace lockstep::report {

using Json = nlohmann::ordered_json;

static Json blocksJson(const StatementReport &statement) {
  Json reads = Json::array(), writes = Json::array(), ddl = Json::array();
  for (const ReportedLock &lock : statement.locks) {
    Blocks blocked = blocksOf(lock.mode);
    if (blocked.reads)
      reads.push_back(lock.relation);
    if (blocked.writes)
      writes.push_back(lock.relation);
    if (blocked.ddl)
      ddl.push_back(lock.relation);
  }
  Json json;
  json["reads"] = std::move(reads);
  json["writes"] = std::move(writes);
  json["ddl"] = std::move(ddl);
  return json;
}

static Json statementJson(Places &places, const StatementReport &statement) {
  Json json;
  json["file"] = statement.file;
  json["migration"] = textOrNull<Json>(statement.migration);
  json["range"] = rangeJson<Json>(places, statement.file, statement.range);
  json["kind"] = statement.kind;
  json["sql"] = statement.sql;
  json["locks"] = Json::array();
  for (const ReportedLock &lock : statement.locks) {
    Json entry;
    entry["relation"] = lock.relation;
    entry["mode"] = std::string(name(lock.mode));
    json["locks"].push_back(std::move(entry));
  }
  json["rewrites"] = statement.rewrites;
  json["index_builds"] = statement.index_builds;
  json["scans"] = statement.scans;
  json["in_transaction"] = statement.in_transaction;
  json["blocks"] = blocksJson(statement);
  json["unit"] = statement.unit;
  json["transaction"] = statement.transaction;
  json["held_until"] = std::string(name(statement.held_until));
  json["duration"] = std::string(name(statement.duration));
  json["proofs"] = statement.proofs;
  json["assumptions"] = statement.assumptions;
  return json;
}

std::string renderEffectsJson(const EffectsResult &result, const ReportContext &) {
  Places places(result.sources);
  Json json;
  json["version"] = 1;
  json["postgres"] = result.postgres;
  json["statements"] = Json::array();
  for (const StatementReport &statement : result.statements)
    json["statements"].push_back(statementJson(places, statement));
  json["notices"] = Json::array();
  for (const Notice &notice : result.notices)
    json["notices"].push_back(noticeJson<Json>(places, notice));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace lockstep::report
