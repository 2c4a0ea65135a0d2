#pragma once
#include "ops/op.hpp"
#include "sql/lower/statement.hpp"
#include "sql/query/nodes.hpp"
#include "sql/text/statement_tokens.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct AlterDomainStmt;
struct AlterEnumStmt;
struct AlterFunctionStmt;
struct AlterObjectSchemaStmt;
struct AlterOwnerStmt;
struct AlterPolicyStmt;
struct AlterSeqStmt;
struct AlterTableMoveAllStmt;
struct AlterTableStmt;
struct ClusterStmt;
struct CollateClause;
struct ColumnDef;
struct CommentStmt;
struct CompositeTypeStmt;
struct Constraint;
struct CopyStmt;
struct CreateDomainStmt;
struct CreateEnumStmt;
struct CreateForeignTableStmt;
struct CreateFunctionStmt;
struct CreatePolicyStmt;
struct CreateRangeStmt;
struct CreateSeqStmt;
struct CreateStatsStmt;
struct CreateStmt;
struct CreateTableAsStmt;
struct CreateTrigStmt;
struct DeclareCursorStmt;
struct DefineStmt;
struct DeleteStmt;
struct DiscardStmt;
struct DoStmt;
struct DropRoleStmt;
struct DropStmt;
struct ExecuteStmt;
struct ExplainStmt;
struct GrantStmt;
struct IndexElem;
struct IndexStmt;
struct InsertStmt;
struct IntoClause;
struct LockStmt;
struct MergeStmt;
struct ObjectWithArgs;
struct PartitionBoundSpec;
struct PrepareStmt;
struct RangeVar;
struct RefreshMatViewStmt;
struct ReindexStmt;
struct RenameStmt;
struct RoleSpec;
struct RuleStmt;
struct SelectStmt;
struct TransactionStmt;
struct TruncateStmt;
struct TypeName;
struct UpdateStmt;
struct VacuumStmt;
struct VariableSetStmt;
struct ViewStmt;

namespace lockstep {

/// The table that a statement is about, beside those of its FROM: what UPDATE changes, or a policy
/// guards. A query names its columns without naming it in FROM.
struct QueryTarget {
  std::string_view schema;
  std::string_view name;
  std::string_view alias;
};

/// What lowering one statement needs at hand.
struct Lowering {
  StatementTokens tokens;
  uint32_t base;           ///< The byte of the file that the parser's location 0 is.
  Range range;             ///< The statement.
  std::vector<Op> &ops;    ///< Where its ops go.
  QueryTarget target = {}; ///< What outer references of sub-selects may mean.
  std::vector<std::string_view> ctes = {}; ///< The names of WITH that a query may use now.
  int depth = 0;                           ///< How deep the walk stands, see max_lowering_depth.

  [[nodiscard]] uint32_t offset(int location) const {
    return location < 0 ? range.begin : base + static_cast<uint32_t>(location);
  }
  [[nodiscard]] size_t tokenAt(int location) const { return tokens.at(offset(location)); }
  template <class T> T &add(T op) {
    ops.emplace_back(std::move(op));
    return std::get<T>(ops.back());
  }
  /// Adds an op that stands where the whole statement does.
  template <class T> T &addWhole(T op) {
    op.where = range;
    return add(std::move(op));
  }
};

/// Counts one level of nesting while it lives.
class Nesting {
public:
  explicit Nesting(Lowering &at) : at_(at) { ++at_.depth; }
  ~Nesting() { --at_.depth; }
  Nesting(const Nesting &) = delete;
  Nesting &operator=(const Nesting &) = delete;
  [[nodiscard]] bool tooDeep() const { return at_.depth > max_lowering_depth; }

private:
  Lowering &at_;
};

// --- names, types, options: lower_type.cpp -------------------------------------------------------

[[nodiscard]] QualifiedName relationName(const Lowering &at, const ::RangeVar *relation);
/// A name given as a list of strings; nothing but `where` tells where it stands.
[[nodiscard]] QualifiedName qualifiedName(const ::List *names, Range where = {});
[[nodiscard]] std::string lastName(const ::List *names);
[[nodiscard]] std::vector<std::string> stringList(const ::List *strings);
[[nodiscard]] std::string roleName(const ::RoleSpec *role);
[[nodiscard]] TypeName lowerType(const Lowering &at, const ::TypeName *type);
[[nodiscard]] QualifiedName lowerCollation(const Lowering &at, const ::CollateClause *clause);
/// Options in parentheses, or a sequence's, which stand in a row.
[[nodiscard]] std::vector<Option> lowerOptions(const Lowering &at, const ::List *options);
/// The value of an option as plain text: a name, a number, the content of a string.
[[nodiscard]] std::string optionText(const ::Node *value);
/// The option's boolean as PostgreSQL reads it (defGetBoolean): true where no value is given.
[[nodiscard]] bool optionIsOn(const Option &option);
/// Input types of a function, and whether the statement gives any list of them.
[[nodiscard]] std::vector<TypeName> argumentTypes(const Lowering &at,
                                                  const ::ObjectWithArgs *object);
[[nodiscard]] Persistence persistence(const ::RangeVar *relation);

// --- expressions: lower_expression.cpp -----------------------------------------------------------

[[nodiscard]] Expression lowerExpression(Lowering &at, const ::Node *node);
[[nodiscard]] SqlExpression lowerSqlExpression(Lowering &at, const ::Node *node);
[[nodiscard]] SqlExpressionPointer lowerOptional(Lowering &at, const ::Node *node);

// --- queries: lower_query.cpp --------------------------------------------------------------------

/// What a SELECT, INSERT, UPDATE, DELETE or MERGE refers to. `where` is the query's place.
/// The table that a data-modifying statement writes is one of its relations.
[[nodiscard]] Query lowerQuery(Lowering &at, const ::Node *statement, Range where);
/// The same for the statement at hand: the table that it writes is left out, being the op's own,
/// and columns qualified by it are ColumnUse::of_target.
[[nodiscard]] Query lowerOwnQuery(Lowering &at, const ::Node *statement, const QueryTarget &target);
/// The name that a SELECT gives to an output column without AS (FigureColname, parse_target.c).
[[nodiscard]] std::string_view outputName(const ::Node *node);

/// The type of an output, as far as its expression alone tells it; empty where it does not.
[[nodiscard]] TypeName outputType(const Lowering &at, const ::Node *node);

/// What the condition and the actions of a rule refer to; OLD and NEW are the rule's table.
[[nodiscard]] Query lowerRuleQuery(Lowering &at, const ::RuleStmt &rule);

// --- names of objects: lower_object_name.cpp -----------------------------------------------------

/// An object as DROP, RENAME, COMMENT and others name it.
struct ObjectName {
  QualifiedName name; ///< The object, or what `part` belongs to.
  std::string part;   ///< A column, constraint, trigger, policy or rule.
  std::vector<TypeName> arguments;
  bool has_arguments = false;
};
[[nodiscard]] ObjectKind objectKind(int object_type); ///< Of PostgreSQL's ObjectType.
[[nodiscard]] ObjectName objectName(const Lowering &at, ObjectKind kind, const ::Node *node);
/// After the words that name a kind of object, such as TEXT SEARCH PARSER; `index` is the first.
[[nodiscard]] size_t skipKind(const StatementTokens &tokens, size_t index);

// --- parts of statements -------------------------------------------------------------------------

/// `end` is the token after the definition.
[[nodiscard]] ColumnDef lowerColumnDef(Lowering &at, const ::ColumnDef &node, size_t end);
[[nodiscard]] ConstraintDef lowerConstraint(Lowering &at, const ::Constraint &node, Range where);
[[nodiscard]] IndexElement lowerIndexElement(Lowering &at, const ::IndexElem &node);
[[nodiscard]] PartitionBound lowerBound(Lowering &at, const ::PartitionBoundSpec *node);
[[nodiscard]] Identity identityOf(char generated_when);
[[nodiscard]] SetVariable setVariable(const ::VariableSetStmt &node);

// --- statements: each adds its ops ---------------------------------------------------------------

/// Any statement, also one inside another (CREATE SCHEMA, EXPLAIN).
void lowerNode(Lowering &at, const ::Node *node);
/// A statement inside the one at hand, which stands at these tokens of it; adds to the same ops.
void lowerInside(Lowering &at, const ::Node *node, size_t first, size_t end);
/// The same as a statement of its own: one of a BEGIN ATOMIC body.
[[nodiscard]] std::shared_ptr<const Statement> lowerEmbedded(Lowering &at, const ::Node *node,
                                                             size_t first, size_t end);
/// Statements that touch no relation; false, and nothing added, where the node is none of them.
[[nodiscard]] bool lowerMisc(Lowering &at, const ::Node *node);

// lower_data.cpp
void lowerSelect(Lowering &at, const ::SelectStmt &node);
void lowerInsert(Lowering &at, const ::InsertStmt &node);
void lowerUpdate(Lowering &at, const ::UpdateStmt &node);
void lowerDelete(Lowering &at, const ::DeleteStmt &node);
void lowerMerge(Lowering &at, const ::MergeStmt &node);
void lowerCopy(Lowering &at, const ::CopyStmt &node);
void lowerTruncate(Lowering &at, const ::TruncateStmt &node);
void lowerLock(Lowering &at, const ::LockStmt &node);
void lowerExplain(Lowering &at, const ::ExplainStmt &node);
void lowerPrepare(Lowering &at, const ::PrepareStmt &node);
void lowerExecute(Lowering &at, const ::ExecuteStmt &node);
void lowerDeclareCursor(Lowering &at, const ::DeclareCursorStmt &node);

// lower_table.cpp, lower_alter_table.cpp
CreateTable &lowerCreateTable(Lowering &at, const ::CreateStmt &node);
void lowerForeignTable(Lowering &at, const ::CreateForeignTableStmt &node);
void lowerCreateTableAs(Lowering &at, const ::CreateTableAsStmt &node);
/// Fills in the target and the query of `table`, and adds it.
void lowerInto(Lowering &at, const ::IntoClause &into, const ::Node *source, Range where,
               CreateTableAs &&table);
void lowerAlterTable(Lowering &at, const ::AlterTableStmt &node);
void lowerMoveAll(Lowering &at, const ::AlterTableMoveAllStmt &node);

// lower_index.cpp
void lowerIndex(Lowering &at, const ::IndexStmt &node);
void lowerReindex(Lowering &at, const ::ReindexStmt &node);
void lowerCluster(Lowering &at, const ::ClusterStmt &node);
void lowerVacuum(Lowering &at, const ::VacuumStmt &node);

// lower_transaction.cpp
void lowerTransaction(Lowering &at, const ::TransactionStmt &node);
void lowerSet(Lowering &at, const ::VariableSetStmt &node);
void lowerDiscard(Lowering &at, const ::DiscardStmt &node);
/// SELECT set_config(…) with constants; false, and nothing added, where the SELECT is another.
[[nodiscard]] bool lowerSetConfig(Lowering &at, const ::SelectStmt &node);

// lower_object.cpp
void lowerDrop(Lowering &at, const ::DropStmt &node);
void lowerDropRole(Lowering &at, const ::DropRoleStmt &node);
void addDrop(Lowering &at, ObjectKind kind, std::string_view name, bool if_exists, bool cascade);
void lowerRename(Lowering &at, const ::RenameStmt &node);
void lowerSetSchema(Lowering &at, const ::AlterObjectSchemaStmt &node);
void lowerOwner(Lowering &at, const ::AlterOwnerStmt &node);
void lowerComment(Lowering &at, const ::CommentStmt &node);
void lowerGrant(Lowering &at, const ::GrantStmt &node);
/// The same as a value, without its place: of ALTER DEFAULT PRIVILEGES.
[[nodiscard]] Grant lowerGrantOf(Lowering &at, const ::GrantStmt &node);

// lower_create.cpp
void lowerView(Lowering &at, const ::ViewStmt &node);
void lowerRefresh(Lowering &at, const ::RefreshMatViewStmt &node);
void lowerCreateSequence(Lowering &at, const ::CreateSeqStmt &node);
void lowerAlterSequence(Lowering &at, const ::AlterSeqStmt &node);
void lowerCreateEnum(Lowering &at, const ::CreateEnumStmt &node);
void lowerAlterEnum(Lowering &at, const ::AlterEnumStmt &node);
void lowerComposite(Lowering &at, const ::CompositeTypeStmt &node);
void lowerCreateRange(Lowering &at, const ::CreateRangeStmt &node);
void lowerCreateBaseType(Lowering &at, const ::DefineStmt &node);
void lowerCreateDomain(Lowering &at, const ::CreateDomainStmt &node);
void lowerAlterDomain(Lowering &at, const ::AlterDomainStmt &node);
void lowerTrigger(Lowering &at, const ::CreateTrigStmt &node);
void lowerCreatePolicy(Lowering &at, const ::CreatePolicyStmt &node);
void lowerAlterPolicy(Lowering &at, const ::AlterPolicyStmt &node);
void lowerRule(Lowering &at, const ::RuleStmt &node);
void lowerStatistics(Lowering &at, const ::CreateStatsStmt &node);

// lower_function.cpp
void lowerCreateFunction(Lowering &at, const ::CreateFunctionStmt &node);
void lowerAlterFunction(Lowering &at, const ::AlterFunctionStmt &node);
void lowerDo(Lowering &at, const ::DoStmt &node);

} // namespace lockstep
