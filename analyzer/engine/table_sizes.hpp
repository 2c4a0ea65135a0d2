#pragma once
#include "base/result.hpp"
#include "effects/effects.hpp"
#include "engine/layer.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::engine {

/// What is known of a table on the servers.
struct TableStatistics {
  std::optional<uint64_t> rows;
  std::optional<uint64_t> bytes; ///< With indexes and TOAST.
  std::optional<double> writes_per_second;
};

enum class SizeClass : uint8_t { unknown, small, medium, large };

/// How large tables are, as the user declares it or measured it. Names are as effects show them:
/// qualified, quoted where needed.
class TableSizes {
public:
  /// Reads measured sizes: a JSON array of {"relation", "rows", "bytes", "writes_per_second"}, all
  /// but the first optional. An Error names `path` and the entry.
  [[nodiscard]] Status read(std::string_view json, const std::string &path);
  /// Sets what a table is, whatever was measured. A name without a schema is one of `public`.
  void declare(std::string_view table, SizeClass size);
  /// Below and from how many rows a table is small or large.
  void setBounds(uint64_t small_below, uint64_t large_from);

  [[nodiscard]] bool empty() const { return statistics_.empty() && declared_.empty(); }
  [[nodiscard]] SizeClass of(const std::string &relation) const;
  /// "public.users has 52,000,000 rows, 12 GB", "public.users is declared small"; empty where
  /// nothing is known.
  [[nodiscard]] std::string describe(const std::string &relation) const;
  /// The class of the work that an effect is: small only if all its tables are, large if one is.
  /// `telling` is a table that decided it.
  [[nodiscard]] SizeClass of(const Effects &effects, std::string &telling) const;

  [[nodiscard]] uint64_t smallBelow() const { return small_below_; }
  [[nodiscard]] uint64_t largeFrom() const { return large_from_; }
  /// The declared tables of a class, sorted.
  [[nodiscard]] std::vector<std::string> declared(SizeClass size) const;

private:
  std::map<std::string, TableStatistics, std::less<>> statistics_;
  std::map<std::string, SizeClass, std::less<>> declared_;
  uint64_t small_below_ = 10'000;
  uint64_t large_from_ = 1'000'000;
};

} // namespace lockstep::engine
