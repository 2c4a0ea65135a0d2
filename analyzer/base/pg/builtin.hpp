#pragma once
#include "base/pg/version.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// What PostgreSQL's catalogs hold before any user object exists, for every supported version, and
/// what the extensions that ship with it add. The tables in data/ are generated from servers.
///
/// Names are catalog names (`int4`, `_int4` for its array, `bpchar`), as the grammar produces them.
/// Returned views point into the tables and stay valid. `postgres` is a major version.
namespace lockstep::base {

/// pg_proc.provolatile, in the order of what it forbids.
enum class FunctionVolatility : uint8_t { immutable, stable, volatile_ };

/// pg_type.typtype. Enums and row types are user objects only.
enum class BuiltinTypeKind : uint8_t { base, domain, range, multirange, pseudo };

/// A row of pg_type.
struct BuiltinType {
  std::string_view name;
  std::string_view extension; ///< The extension that brings it; empty for PostgreSQL's own.
  std::string_view sql;       ///< As format_type prints it: `timestamp with time zone`.
  std::string_view base; ///< Domain: base type; range: subtype; multirange: range; array: element.
  int length = 0;        ///< pg_type.typlen: bytes, or negative for variable length.
  char category = 0;     ///< pg_type.typcategory.
  BuiltinTypeKind kind = BuiltinTypeKind::base;
  bool is_array = false;
  bool preferred = false;      ///< Preferred in its category, when an expression's type is chosen.
  bool takes_modifier = false; ///< `varchar(20)`, `numeric(10,2)`.
  bool modifier_casts = false; ///< A cast to itself applies the modifier (varchar, numeric …).
  bool collatable = false;
  FunctionVolatility input = FunctionVolatility::immutable;  ///< Of reading its text form.
  FunctionVolatility output = FunctionVolatility::immutable; ///< Of writing its text form.
};

[[nodiscard]] std::optional<BuiltinType> findBuiltinType(std::string_view name, int postgres);

/// The catalog name of a type spelt in SQL without modifier (`character varying`, `int`, `int4`,
/// `integer[]`), in lower case; empty if there is none.
[[nodiscard]] std::string_view builtinTypeFromSql(std::string_view sql, int postgres);

/// The array type of a type, empty if there is none.
[[nodiscard]] std::string_view builtinArrayOf(std::string_view element, int postgres);

enum class CastMethod : uint8_t { function, binary, inout };
enum class CastContext : uint8_t { implicit, assignment, explicit_ };

/// A row of pg_cast. A cast of a type to itself applies a type modifier.
struct BuiltinCast {
  std::string_view source;
  std::string_view target;
  std::string_view extension;
  CastMethod method = CastMethod::function;
  CastContext context = CastContext::implicit;
  FunctionVolatility volatility =
      FunctionVolatility::immutable; ///< Of the function; of text input and output for inout.
};

[[nodiscard]] std::optional<BuiltinCast> findCast(std::string_view source, std::string_view target,
                                                  int postgres);

/// How a value of one type becomes another, type modifiers aside.
struct Coercion {
  enum class Method : uint8_t {
    none,     ///< The same type.
    binary,   ///< Another type, the same bytes (also a domain and its base type).
    function, ///< A function computes it.
    inout,    ///< Written as text and read back.
    array     ///< Element by element, even where the elements are binary-compatible.
  };
  Method method = Method::none;
  CastContext context = CastContext::implicit; ///< The strictest context that allows it.
  FunctionVolatility volatility = FunctionVolatility::immutable;
};

/// What the server uses to convert: pg_cast, else element by element, else through text
/// (find_coercion_pathway in parser/parse_coerce.c). Nothing if there is no way, or if a type is
/// unknown.
[[nodiscard]] std::optional<Coercion> findCoercion(std::string_view source, std::string_view target,
                                                   int postgres);

/// Whether values of `source` serve as `target`, which may be polymorphic, without conversion
/// (IsBinaryCoercible in parser/parse_coerce.c).
[[nodiscard]] bool isBinaryCoercible(std::string_view source, std::string_view target,
                                     int postgres);

/// A row of pg_opclass.
struct BuiltinOpclass {
  std::string_view method; ///< The access method: `btree`.
  std::string_view input_type;
  std::string_view name;
  std::string_view extension;
  std::string_view family;
  bool is_default = false; ///< The default for its input type.
};

/// An operator class by its name, `varchar_ops`.
[[nodiscard]] std::optional<BuiltinOpclass> findOpclass(std::string_view name,
                                                        std::string_view method, int postgres);

/// The operator class that an index on a column of this type gets when none is named
/// (GetDefaultOpClass in commands/indexcmds.c): varchar has text_ops.
[[nodiscard]] std::optional<BuiltinOpclass> defaultOpclass(std::string_view type,
                                                           std::string_view method, int postgres);

enum class KeywordCategory : uint8_t { unreserved, column_name, type_or_function, reserved };

struct Keyword {
  std::string_view word;
  KeywordCategory category = KeywordCategory::unreserved;
  bool bare_label = false; ///< May be a column label without AS.
};

/// `word` in lower case.
[[nodiscard]] std::optional<Keyword> findKeyword(std::string_view word, int postgres);

/// A table or view of pg_catalog, information_schema, or an extension.
struct SystemRelation {
  std::string_view name;
  std::string_view extension;
  char kind = 0; ///< pg_class.relkind.
};

/// `schema` may be empty: the system's search path is pg_catalog alone. A relation of an extension
/// is found under any other schema's name, for extensions are installed where the user likes.
[[nodiscard]] std::optional<SystemRelation> findSystemRelation(std::string_view schema,
                                                               std::string_view name, int postgres);

/// An extension that ships with PostgreSQL.
struct BuiltinExtension {
  std::string_view name;
  std::string_view required; ///< Extensions that it needs, with commas between.
  bool trusted = false;      ///< The owner of the database may create it.
};

[[nodiscard]] std::optional<BuiltinExtension> findExtension(std::string_view name, int postgres);

} // namespace lockstep::base
