#pragma once
#include "catalog/change/change.hpp"
#include "catalog/layer.hpp"

namespace lockstep::catalog {

/// Does to the catalog what the server would do for the statement: all its ops, in the server's own
/// order (ALTER TABLE works in passes: drops before type changes before additions; tablecmds.c,
/// AT_PASS_*). A statement that names an unknown relation makes it known as partial and old.
/// Transaction control is the caller's: it keeps and restores catalogs.
ApplyResult apply(Catalog &catalog, const Statement &statement, const Origin &origin, int postgres);

/// What the end of a transaction does beyond keeping or restoring the catalog: SET LOCAL ends, and
/// temporary tables ON COMMIT DROP go. `at_begin` is the catalog when the transaction began.
void endTransaction(Catalog &catalog, const Catalog &at_begin, bool committed);
/// Applies all ops of a statement, in the server's order.
[[nodiscard]] bool applyOps(Change &change, const std::vector<Op> &ops);

} // namespace lockstep::catalog
