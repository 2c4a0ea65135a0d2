#pragma once
#include "catalog/model/catalog.hpp"
#include "effects/facts/effect.hpp"
#include "effects/layer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lockstep::effects {

/// What a column definition means for rows that exist already.
struct NewColumn {
  /// Why each row needs a value of its own; unset where one value, or null, does for all rows.
  std::optional<RewriteReason> rewrite;
  bool has_value = false; ///< Old rows get a value other than null.
  bool is_virtual = false;
  std::vector<const Relation *> sequences; ///< Those that the rewrite draws from.
  std::vector<std::string> assumptions;
};

/// ATExecAddColumn, tablecmds.c: a default that is not volatile is stored once for all rows
/// (pg_attribute.attmissingval); all else rewrites.
[[nodiscard]] NewColumn newColumn(const ColumnDef &column, const Catalog &catalog, int postgres);

/// serial, bigserial, smallserial and their short names.
[[nodiscard]] bool isSerial(const TypeName &type);
/// True for a domain with CHECK or NOT NULL, itself or below (DomainHasConstraints, typcache.c).
[[nodiscard]] bool isConstrainedDomain(const Catalog &catalog, ObjectId type);
/// True for NULL, also cast.
[[nodiscard]] bool isNullConstant(const Expression &expression);
/// The sequences that nextval('…') names in the expression.
[[nodiscard]] std::vector<const Relation *> sequencesOf(const Expression &expression,
                                                        const Catalog &catalog);

} // namespace lockstep::effects
