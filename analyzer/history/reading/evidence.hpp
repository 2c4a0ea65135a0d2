#pragma once
#include "history/files/folder.hpp"
#include "history/layer.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lockstep::history {

/// What a format finds when it recognises a folder.
struct Evidence {
  std::string found; ///< What it was: "V1__init.sql", "atlas.sum", "-- +goose Up in 001_a.sql".
  /// A marker file or a directive counts for more than names that several frameworks share.
  enum Strength : uint8_t { names, names_and_project, content, marker } strength;
};

/// Evidence that `mark` finds a line in one of the folder's sampled texts.
[[nodiscard]] std::optional<Evidence> markedEvidence(const Folder &folder,
                                                     std::string_view (*mark)(std::string_view));

} // namespace lockstep::history
