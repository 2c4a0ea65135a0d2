#pragma once
#include "base/repository.hpp"
#include "base/source_file.hpp"
#include "diag/finding.hpp"
#include "engine/layer.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>

namespace lockstep::engine {

/// 16 hexadecimal digits that stay the same while the statement is only moved, re-indented or
/// commented: Finding::statement_hash, as reports and configurations write it.
[[nodiscard]] std::string statementHash(const Finding &finding);

/// The texts of files, by path as shown to the user.
using SourceTexts = std::map<std::string, std::shared_ptr<const SourceFile>>;

/// Gives each finding the hashes of its statement, which are those of an empty text where `sources`
/// do not have its file. `paths` gives files the names that do not depend on where the program
/// runs.
void hashStatements(std::span<Finding> findings, const SourceTexts &sources,
                    RepositoryPaths &paths);

/// Gives each finding its fingerprint: rule, file, normalised statement, and which one of those
/// alike it is. The statements are hashed, and the findings are in their final order.
void makeFingerprints(std::span<Finding> findings);

} // namespace lockstep::engine
