#pragma once
#include "base/source_file.hpp"
#include "diag/finding.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>

namespace lockstep {

/// 16 hexadecimal digits that stay the same while the statement is only moved, re-indented or
/// commented: the hash of its normalised text. `source` may be null: then that of an empty text.
[[nodiscard]] std::string statementHash(const Finding &finding, const SourceFile *source);

/// The texts of files, by path as shown to the user.
using SourceTexts = std::map<std::string, std::shared_ptr<const SourceFile>>;

/// Gives each finding its fingerprint: rule, file, normalised statement, and which one of those
/// alike it is. The findings are in their final order.
void makeFingerprints(std::span<Finding> findings, const SourceTexts &sources);

} // namespace lockstep
