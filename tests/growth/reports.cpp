#include "growth/project.hpp"

namespace lockstep::growth {

/// A finding each.
static const Piece tables = each("CREATE TABLE t# (a int);\n");
static const Piece tables_on_one_line = each("CREATE TABLE t# (a int); ");

static void addFormats(Generators &into) {
  for (const std::string format : {"text", "concise", "json", "jsonl", "sarif", "github", "gitlab",
                                   "junit", "checkstyle", "rdjson", "markdown", "html"}) {
    into.report(format, "report-" + format, {tables});
    into.report(format, "report-" + format + "-one-line", {tables_on_one_line});
    into.report(format, "report-" + format + "-wide-line",
                {each("CREATE TABLE \"\xC3\xA4\xF0\x9F\x90\x98#\" (a int); ")});
  }
  into.report("text", "report-text-tabs", {each("CREATE TABLE t# (a int);\t")});
  const std::vector<Piece> one_statement{once("CREATE TABLE t ("), each("c# serial", ", "),
                                         once(");\n")};
  into.report("text", "report-text-one-statement", one_statement);
  into.report("html", "report-html-one-statement", one_statement);
  into.report("text", "report-text-lines-of-one-statement",
              {once("CREATE TABLE t ("), each("c# serial", ",\n"), once(");\n")});
  into.report(
      "text", "report-text-related",
      {once("CREATE TABLE t (a int);\n"), each("ALTER TABLE t ALTER COLUMN a SET NOT NULL; ")});
}

static void addSuppressions(Generators &into) {
  into.check("suppressions",
             {each("-- lockstep:ignore table-without-primary-key: x\nCREATE TABLE t# (a int);\n")});
  into.check("suppressions-trailing",
             {each("CREATE TABLE t# (a int); -- lockstep:ignore table-without-primary-key: x\n")});
  into.check(
      "suppressions-on-one-line",
      {each("/* lockstep:ignore table-without-primary-key: x */ CREATE TABLE t# (a int); ")});
  into.check("suppressions-above-one",
             {each("-- lockstep:ignore table-without-primary-key: x\n"), tables});
  into.check("suppressions-of-the-file",
             {each("-- lockstep:ignore-file table-without-primary-key: x\n"), tables});
  into.check("suppressions-of-the-file-other-rules",
             {each("-- lockstep:ignore-file serial-column: x\n"), tables});
  into.check("suppressions-unused",
             {each("-- lockstep:ignore table-without-primary-key: x\nSELECT #;\n")});
  into.check("suppressions-unknown",
             {each("-- lockstep:ignore table-without-primary-kee: x\n"), tables});
  into.check("suppressions-of-many-rules",
             {once("-- lockstep:ignore-file "), each("table-without-primary-key", ", "),
              once(": x\n"), tables});
  into.check(
      "suppressions-of-many-unknown-rules",
      {once("-- lockstep:ignore-file "), each("table-without-primary-kee#", ", "), once(": x\n")});
  into.check("suppressions-squawk",
             {each("-- squawk-ignore ban-drop-table\nCREATE TABLE t# (a int);\n")});
  into.check("suppressions-atlas", {each("-- atlas:nolint\nCREATE TABLE t# (a int);\n")});
  into.check("suppressions-inside-one-statement",
             {once("DROP TABLE\n"),
              each("-- lockstep:ignore table-without-primary-key: x\nt#\n", ", "), once(";\n")});
  Generator &shown = into.check(
      "suppressions-shown",
      {each("-- lockstep:ignore table-without-primary-key: x\nCREATE TABLE t# (a int);\n")});
  shown.words.push_back("--show-suppressed");
}

/// Settings of a configuration, held against findings, files and rules.
static void addSettings(Generators &into) {
  const auto configured = [&](const std::string &name, std::vector<Piece> config) -> Generator & {
    return into.project(name, [config = std::move(config)](size_t n) {
      return Files{{".lockstep.yaml", written(config, n)}, {"1_a.sql", written({tables}, n)}};
    });
  };
  configured("config-suppressions-by-path",
             {once("suppressions:\n"),
              each("  - {rule: serial-column, path: \"x#/*.sql\", reason: x}\n")});
  configured(
      "config-suppressions-by-version",
      {once("suppressions:\n"), each("  - {rule: serial-column, version: \"x#\", reason: x}\n")});
  configured("config-suppressions-by-statement",
             {once("suppressions:\n"), each("  - {rule: char-column, statement: \"%\"}\n")});
  configured("config-exclude", {once("exclude:\n"), each("  - \"x#/**/y*.sql\"\n")});
  configured("config-overrides",
             {once("overrides:\n"), each("  - {paths: [\"x#/*.sql\"], ignore: [char-column]}\n")});
  configured("config-overrides-of-many-paths",
             {once("overrides:\n  - paths: ["), each("\"x#/*.sql\"", ", "),
              once("]\n    ignore: [char-column]\n")});
  configured("config-tables-large", {once("tables:\n  large: ["), each("t#", ", "), once("]\n")});
  configured("config-tables-small-patterns",
             {once("tables:\n  small: ["), each("\"a#*\"", ", "), once("]\n")});
  configured("config-select-list",
             {once("select: ["), each("table-without-primary-key", ", "), once("]\n")});
  configured("config-ignore-list",
             {once("ignore: ["), each("table-without-primary-key", ", "), once("]\n")});
  configured("config-unknown-settings", {once("session:\n"), each("  a.b#: \"1\"\n")}).status = 2;
  into.project("config-comments", [](size_t n) {
    std::string comments;
    for (size_t i = 0; i < n; ++i)
      comments += "# words\n";
    return Files{{".lockstep.yaml", comments + "postgres: 15\n"}, {"1_a.sql", "SELECT 1;\n"}};
  });
  configured("config-unknown-keys", {each("k#: 1\n")}).status = 2;
  configured("config-unknown-rules",
             {once("select: ["), each("table-without-primary-kee#", ", "), once("]\n")})
      .status = 2;
  configured("config-unknown-rules-on-lines",
             {once("select:\n"), each("  - table-without-primary-kee#\n")})
      .status = 2;
  configured("config-keys-twice", {each("postgres: 15\n")}).status = 2;
  configured("config-wrong-values",
             {once("severity:\n"), each("  table-without-primary-key#: loud\n")})
      .status = 2;
  configured("config-nested-lists", {once("select: "), each("["), each("]"), once("\n")}).status =
      2;
  configured("config-aliases", {once("a: &a [x]\nselect:\n"), each("  - *a\n")}).status = 2;
}

static void addFixes(Generators &into) {
  const auto more = [](Generator &generator, const std::vector<std::string> &words) -> Generator & {
    generator.words.insert(generator.words.end(), words.begin(), words.end());
    return generator;
  };
  const Piece unused = each("-- lockstep:ignore serial-column: x\nSELECT #;\n");
  const Piece unused_on_one_line = each("/* lockstep:ignore serial-column: x */ SELECT #; ");
  for (const std::string mode : {"--diff", "--fix"}) {
    const auto fixed = [&](const std::string &name, const std::vector<Piece> &pieces) {
      Generator &generator = into.check("fixes" + mode.substr(1) + name, pieces);
      generator.words[1] = "1_a.sql";
      more(generator, {mode, "--unsafe-fixes"}).status = mode == "--diff" ? 1 : 0;
    };
    fixed("", {unused});
    fixed("-one-line", {unused_on_one_line});
    fixed("-first-of-many-lines", {once("-- lockstep:ignore serial-column: x\n"), tables});
    fixed("-statements", {each("CREATE INDEX i# ON t# (a);\n")});
  }
  more(into.check("statistics", {tables}), {"--statistics"});
  more(into.check("quiet", {tables}), {"--quiet"});
  more(into.check("five-servers", {tables}), {"--postgres", "14..18"});
  for (const std::string kind : {"used", "stale"}) {
    into.project("baseline-" + kind, [kind](size_t n) {
      std::string entries;
      for (size_t i = 1; i <= n; ++i)
        entries += std::string(i > 1 ? ",\n" : "\n") +
                   R"({"file": "1_a.sql", "rule": "table-without-primary-key", "statement": ")" +
                   std::to_string(1000000000000000 + i) + R"(", "occurrence": 0})";
      return Files{
          {".lockstep-baseline.json", R"({"version": 1, "findings": [)" + entries + "]}\n"},
          {"1_a.sql", kind == "used" ? written({tables}, n) : "SELECT 1;\n"}};
    });
  }
  into.run({"baseline", "create", "."}, "baseline-created", {tables});
  into.run({"baseline", "create", "."}, "baseline-created-of-one-statement",
           {each("TRUNCATE t;\n")});
}

void addReports(Generators &into) {
  addFormats(into);
  addSuppressions(into);
  addSettings(into);
  addFixes(into);
}

} // namespace lockstep::growth
