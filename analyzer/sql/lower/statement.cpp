#include "sql/lower/statement.hpp"

#include "sql/lower/alter_table.hpp"
#include "sql/lower/create.hpp"
#include "sql/lower/data.hpp"
#include "sql/lower/function.hpp"
#include "sql/lower/index.hpp"
#include "sql/lower/misc.hpp"
#include "sql/lower/object.hpp"
#include "sql/lower/statement_kind.hpp"
#include "sql/lower/table.hpp"
#include "sql/lower/transaction.hpp"
#include "sql/query/lowering.hpp"
#include "sql/query/name.hpp"
#include "sql/query/query.hpp"

#include <type_traits>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

// --- CREATE SCHEMA -------------------------------------------------------------------------------

static void fill(QualifiedName &name, const std::string &schema) {
  if (name.schema.empty() && !name.empty())
    name.schema = schema;
}

/// An element of CREATE SCHEMA lies in that schema unless it says otherwise
/// (transformCreateSchemaStmtElements).
static void fillSchema(Op &op, const std::string &schema) {
  std::visit(
      [&](auto &value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, CreateView>)
          fill(value.view, schema);
        else if constexpr (std::is_same_v<T, CreateSequence>)
          fill(value.sequence, schema);
        else if constexpr (OneOf<T, CreateTable, CreateIndex, CreateTrigger>)
          fill(value.table, schema);
      },
      op);
}

static void lowerCreateSchema(Lowering &at, const CreateSchemaStmt &node) {
  CreateSchema op;
  op.schema = text(node.schemaname);
  op.owner = roleName(node.authrole);
  op.if_not_exists = node.if_not_exists;
  std::string schema = op.schema.empty() ? op.owner : op.schema;
  at.addWhole(std::move(op));
  // Each element begins with a word of its own; the header holds CREATE once.
  const StatementTokens &tokens = at.tokens;
  auto nextElement = [&](size_t i) {
    while (i < tokens.size() && !tokens.is(i, "create") && !tokens.is(i, "grant"))
      i = tokens.next(i);
    return i;
  };
  size_t first = nextElement(1);
  for (const ::Node *element : nodes<::Node>(node.schemaElts)) {
    size_t end = nextElement(first + 1);
    size_t before = at.ops.size();
    lowerInside(at, element, first, end);
    for (size_t i = before; i < at.ops.size(); ++i)
      fillSchema(at.ops[i], schema);
    first = end;
  }
}

// --- dispatch ------------------------------------------------------------------------------------

void lowerNode(Lowering &at, const ::Node *node) {
  switch (nodeTag(node)) {
  case T_SelectStmt:
    return lowerSelect(at, *as<SelectStmt>(node));
  case T_InsertStmt:
    return lowerInsert(at, *as<InsertStmt>(node));
  case T_UpdateStmt:
    return lowerUpdate(at, *as<UpdateStmt>(node));
  case T_DeleteStmt:
    return lowerDelete(at, *as<DeleteStmt>(node));
  case T_MergeStmt:
    return lowerMerge(at, *as<MergeStmt>(node));
  case T_CopyStmt:
    return lowerCopy(at, *as<CopyStmt>(node));
  case T_TruncateStmt:
    return lowerTruncate(at, *as<TruncateStmt>(node));
  case T_LockStmt:
    return lowerLock(at, *as<LockStmt>(node));
  case T_ExplainStmt:
    return lowerExplain(at, *as<ExplainStmt>(node));
  case T_PrepareStmt:
    return lowerPrepare(at, *as<PrepareStmt>(node));
  case T_ExecuteStmt:
    return lowerExecute(at, *as<ExecuteStmt>(node));
  case T_DeclareCursorStmt:
    return lowerDeclareCursor(at, *as<DeclareCursorStmt>(node));
  case T_CreateStmt:
    lowerCreateTable(at, *as<CreateStmt>(node));
    return;
  case T_CreateForeignTableStmt:
    return lowerForeignTable(at, *as<CreateForeignTableStmt>(node));
  case T_CreateTableAsStmt:
    return lowerCreateTableAs(at, *as<CreateTableAsStmt>(node));
  case T_AlterTableStmt:
    return lowerAlterTable(at, *as<AlterTableStmt>(node));
  case T_AlterTableMoveAllStmt:
    return lowerMoveAll(at, *as<AlterTableMoveAllStmt>(node));
  case T_IndexStmt:
    return lowerIndex(at, *as<IndexStmt>(node));
  case T_ReindexStmt:
    return lowerReindex(at, *as<ReindexStmt>(node));
  case T_ClusterStmt:
    return lowerCluster(at, *as<ClusterStmt>(node));
  case T_VacuumStmt:
    return lowerVacuum(at, *as<VacuumStmt>(node));
  case T_TransactionStmt:
    return lowerTransaction(at, *as<TransactionStmt>(node));
  case T_VariableSetStmt:
    return lowerSet(at, *as<VariableSetStmt>(node));
  case T_DiscardStmt:
    return lowerDiscard(at, *as<DiscardStmt>(node));
  case T_DropStmt:
    return lowerDrop(at, *as<DropStmt>(node));
  case T_RenameStmt:
    return lowerRename(at, *as<RenameStmt>(node));
  case T_AlterObjectSchemaStmt:
    return lowerSetSchema(at, *as<AlterObjectSchemaStmt>(node));
  case T_AlterOwnerStmt:
    return lowerOwner(at, *as<AlterOwnerStmt>(node));
  case T_CommentStmt:
    return lowerComment(at, *as<CommentStmt>(node));
  case T_GrantStmt:
    return lowerGrant(at, *as<GrantStmt>(node));
  case T_CreateSchemaStmt:
    return lowerCreateSchema(at, *as<CreateSchemaStmt>(node));
  case T_ViewStmt:
    return lowerView(at, *as<ViewStmt>(node));
  case T_RefreshMatViewStmt:
    return lowerRefresh(at, *as<RefreshMatViewStmt>(node));
  case T_CreateSeqStmt:
    return lowerCreateSequence(at, *as<CreateSeqStmt>(node));
  case T_AlterSeqStmt:
    return lowerAlterSequence(at, *as<AlterSeqStmt>(node));
  case T_CreateEnumStmt:
    return lowerCreateEnum(at, *as<CreateEnumStmt>(node));
  case T_AlterEnumStmt:
    return lowerAlterEnum(at, *as<AlterEnumStmt>(node));
  case T_CompositeTypeStmt:
    return lowerComposite(at, *as<CompositeTypeStmt>(node));
  case T_CreateRangeStmt:
    return lowerCreateRange(at, *as<CreateRangeStmt>(node));
  case T_CreateDomainStmt:
    return lowerCreateDomain(at, *as<CreateDomainStmt>(node));
  case T_AlterDomainStmt:
    return lowerAlterDomain(at, *as<AlterDomainStmt>(node));
  case T_CreateFunctionStmt:
    return lowerCreateFunction(at, *as<CreateFunctionStmt>(node));
  case T_AlterFunctionStmt:
    return lowerAlterFunction(at, *as<AlterFunctionStmt>(node));
  case T_DoStmt:
    return lowerDo(at, *as<DoStmt>(node));
  case T_CallStmt: {
    Call op;
    const FuncCall *call = as<CallStmt>(node)->funccall;
    op.procedure = qualifiedName(call->funcname, at.tokens.name(at.tokenAt(call->location)));
    at.addWhole(std::move(op));
    return;
  }
  case T_ReturnStmt: {
    Select op;
    op.query = lowerQuery(at, node, at.range);
    at.addWhole(std::move(op));
    return;
  }
  case T_CreateTrigStmt:
    return lowerTrigger(at, *as<CreateTrigStmt>(node));
  case T_CreatePolicyStmt:
    return lowerCreatePolicy(at, *as<CreatePolicyStmt>(node));
  case T_AlterPolicyStmt:
    return lowerAlterPolicy(at, *as<AlterPolicyStmt>(node));
  case T_RuleStmt:
    return lowerRule(at, *as<RuleStmt>(node));
  case T_CreateStatsStmt:
    return lowerStatistics(at, *as<CreateStatsStmt>(node));
  case T_NotifyStmt:
  case T_ListenStmt:
  case T_UnlistenStmt:
  case T_LoadStmt:
  case T_CheckPointStmt:
  case T_FetchStmt: // The cursor's query was seen where it was declared.
  case T_ClosePortalStmt:
  case T_DeallocateStmt:
  case T_VariableShowStmt:
  case T_ConstraintsSetStmt:
    at.addWhole(NoEffect{});
    return;
  default:
    if (!lowerMisc(at, node))
      at.addWhole(Unmodelled{});
    return;
  }
}

// --- statements and those inside of them ---------------------------------------------------------

void lowerInside(Lowering &at, const ::Node *node, size_t first, size_t end) {
  Lowering inner{at.tokens.part(first, end),
                 at.base,
                 at.tokens.span(first, end),
                 at.ops,
                 at.is_cut,
                 at.target,
                 at.ctes,
                 at.depth + 1};
  lowerNode(inner, node);
}

std::shared_ptr<const Statement> lowerEmbedded(Lowering &at, const ::Node *node, size_t first,
                                               size_t end) {
  auto statement = std::make_shared<Statement>();
  statement->range = at.tokens.span(first, end);
  statement->kind = statementKind(node);
  Lowering inner{at.tokens.part(first, end),
                 at.base,
                 statement->range,
                 statement->ops,
                 at.is_cut,
                 {},
                 {},
                 at.depth + 1};
  lowerNode(inner, node);
  return statement;
}

Statement lowerStatement(const RawStmt &raw, const LowerContext &context, std::vector<Range> &cut) {
  Statement statement;
  bool is_cut = false;
  statement.range = context.statement();
  statement.kind = statementKind(raw.stmt);
  Lowering at{StatementTokens(context.text(), context.tokens(), context.origin()),
              context.offset(0),
              statement.range,
              statement.ops,
              is_cut,
              {},
              {},
              0};
  lowerNode(at, raw.stmt);
  if (is_cut)
    cut.push_back(statement.range);
  return statement;
}

} // namespace lockstep::sql
