#include "engine/fingerprint.hpp"

#include "base/hash.hpp"
#include "sql/script.hpp"

#include <cstdint>

namespace lockstep {

static std::string normalizedStatement(const Finding &finding, const SourceFile *source) {
  return source ? normalizeSql(source->slice(finding.statement)) : std::string();
}

std::string statementHash(const Finding &finding, const SourceFile *source) {
  return hexDigits(stableHash(normalizedStatement(finding, source)));
}

void makeFingerprints(std::span<Finding> findings, const SourceTexts &sources) {
  std::map<std::string, uint32_t> occurrences;
  for (Finding &finding : findings) {
    auto source = sources.find(finding.file);
    std::string key =
        finding.rule + '\n' + finding.file + '\n' +
        normalizedStatement(finding, source == sources.end() ? nullptr : source->second.get());
    uint32_t occurrence = occurrences[key]++;
    finding.fingerprint = hexDigits(stableHash(key + '\n' + std::to_string(occurrence)));
  }
}

} // namespace lockstep
