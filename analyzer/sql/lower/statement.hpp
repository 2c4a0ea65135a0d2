#pragma once
#include "ops/op.hpp"
#include "sql/layer.hpp"
#include "sql/lower/context.hpp"
#include "sql/query/lowering.hpp"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

struct RawStmt; // PostgreSQL's

namespace lockstep::sql {

/// Lowers one parsed statement. Runs while the parser's memory is alive, and calls nothing that
/// raises: no PostgreSQL function that allocates or reports.
///
/// A DO block's or function's Body gets `text`, `where` and `verbatim` here; the rest is filled by
/// readBodies (body.hpp) afterwards, except for BEGIN ATOMIC and RETURN bodies, which are part of
/// the tree: those are lowered to Body::statements here, with `parsed` set.
///
/// Where parts lie too deep (see max_lowering_depth), adds the statement's range to `cut`.
[[nodiscard]] Statement lowerStatement(const RawStmt &raw, const LowerContext &context,
                                       std::vector<Range> &cut);

/// Any statement, also one inside another (CREATE SCHEMA, EXPLAIN).
void lowerNode(Lowering &at, const ::Node *node);
/// A statement inside the one at hand, which stands at these tokens of it; adds to the same ops.
void lowerInside(Lowering &at, const ::Node *node, size_t first, size_t end);
/// The same as a statement of its own: one of a BEGIN ATOMIC body.
[[nodiscard]] std::shared_ptr<const Statement> lowerEmbedded(Lowering &at, const ::Node *node,
                                                             size_t first, size_t end);

} // namespace lockstep::sql
