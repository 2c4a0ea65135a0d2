#include "engine/fingerprint.hpp"

#include "base/hash.hpp"
#include "sql/script.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace lockstep {

std::string statementHash(const Finding &finding) { return hexDigits(finding.statement_hash); }

void makeFingerprints(std::span<Finding> findings, const SourceTexts &sources) {
  std::unordered_map<uint64_t, uint32_t> occurrences;
  // Findings of one statement mostly follow each other.
  std::string_view file;
  Range statement;
  std::string normalized;
  bool any = false;
  for (Finding &finding : findings) {
    if (!any || file != finding.file || statement != finding.statement) {
      auto source = sources.find(finding.file);
      normalized = source == sources.end() ? std::string()
                                           : normalizeSql(source->second->slice(finding.statement));
      file = finding.file;
      statement = finding.statement;
      any = true;
    }
    finding.statement_hash = stableHash(normalized);
    const uint64_t place = stableHash(finding.file, stableHash("\n", stableHash(finding.rule)));
    const uint64_t key = stableHash(normalized, stableHash("\n", place));
    const uint32_t occurrence = occurrences[key]++;
    finding.fingerprint = hexDigits(stableHash(std::to_string(occurrence), stableHash("\n", key)));
  }
}

} // namespace lockstep
