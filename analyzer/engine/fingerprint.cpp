#include "engine/fingerprint.hpp"

#include "base/hash.hpp"
#include "sql/script.hpp"
#include "sql/text/normalize.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace lockstep::engine {

std::string statementHash(const Finding &finding) { return hexDigits(finding.statement_hash); }

void hashStatements(std::span<Finding> findings, const SourceTexts &sources,
                    RepositoryPaths &paths) {
  // Findings of one statement mostly follow each other.
  std::string_view file;
  Range statement;
  std::string normalized;
  uint64_t hash = 0;
  std::unordered_map<std::string_view, uint64_t> kin; // By rule: a statement may have thousands.
  bool any = false;
  for (Finding &finding : findings) {
    if (!any || file != finding.file || statement != finding.statement) {
      auto source = sources.find(finding.file);
      normalized = source == sources.end() ? std::string()
                                           : normalizeSql(source->second->slice(finding.statement));
      file = finding.file;
      statement = finding.statement;
      hash = stableHash(normalized);
      kin.clear();
      any = true;
    }
    finding.statement_hash = hash;
    const auto [known, is_new] = kin.emplace(finding.rule, 0);
    if (is_new) {
      const uint64_t place =
          stableHash(paths.of(finding.file), stableHash("\n", stableHash(finding.rule)));
      known->second = stableHash(normalized, stableHash("\n", place));
    }
    finding.kin_hash = known->second;
  }
}

void makeFingerprints(std::span<Finding> findings) {
  std::unordered_map<uint64_t, uint32_t> occurrences;
  for (Finding &finding : findings) {
    const uint32_t occurrence = occurrences[finding.kin_hash]++;
    finding.fingerprint =
        hexDigits(stableHash(std::to_string(occurrence), stableHash("\n", finding.kin_hash)));
  }
}

} // namespace lockstep::engine
