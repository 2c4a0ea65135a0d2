#include "channels/project.hpp"

#include "channels/forms.hpp"

namespace lockstep::test {

static std::string name(std::string_view form) { return quoted(form, '"'); }
static std::string literal(std::string_view form) { return quoted(form, '\''); }

/// Names are cut to 63 bytes by the server; each is told apart by what stands first.
std::string hostileSchema() {
  std::string text;
  int number = 0;
  for (const std::string &form : hostileForms()) {
    const std::string own = name(std::to_string(number++) + form);
    const std::string word = literal(form);
    text += "CREATE TABLE " + own + " (\n  id bigint PRIMARY KEY,\n  " + name(form) +
            " text DEFAULT " + word + ",\n  CONSTRAINT " + name("c" + form) + " CHECK (" +
            name(form) + " <> " + word + ")\n);\n";
    text += "CREATE INDEX " + name("i" + std::to_string(number) + form) + " ON " + own + " (" +
            name(form) + ");\n";
    text += "COMMENT ON TABLE " + own + " IS " + word + ";\n";
    text += "CREATE VIEW " + name("v" + std::to_string(number) + form) + " AS\nSELECT " +
            name(form) + "\n::text AS " + name("o" + form) + ", " + word + " AS x FROM " + own +
            ";\n";
    text += "CREATE FUNCTION " + name("f" + std::to_string(number) + form) +
            "() RETURNS text LANGUAGE plpgsql AS $body$\nBEGIN\n" + form +
            "\n  RETURN 'x';\nEND $body$;\n";
    text += "CREATE TYPE " + name("t" + std::to_string(number) + form) + " AS ENUM ('a', " + word +
            ");\n";
  }
  return text;
}

HostileProject::HostileProject() {
  std::string changes, broken, reasons;
  int number = 0;
  for (const std::string &form : hostileForms()) {
    const std::string own = name(std::to_string(number++) + form);
    changes += "ALTER TABLE " + own + " DROP COLUMN " + name(form) + "; -- " + fileName(form) +
               "\n/* " + (form.starts_with("/*") ? "" : form) + " */ DROP TABLE " + own +
               " CASCADE;\nALTER TABLE missing RENAME TO " + name("n" + form) +
               ";\nCREATE INDEX ON missing (" + name(form) + ");\nSELECT " + literal(form) +
               ";\nUPDATE missing SET " + name(form) + " = " + literal(form) + ";\n";
    broken += "CREATE TABEL " + own + ";\nSELECT " + literal(form) + " FORM x;\nSELECT " + form +
              " OF;\n";
    std::string line;
    for (char c : form)
      line += c == '\n' || c == '\r' ? ' ' : c;
    reasons += "-- lockstep:ignore drop-table: " + line + "\nDROP TABLE " + name("r" + form) +
               ";\n-- lockstep:ignore " + line + ": x\nDROP TABLE " + name("s" + form) + ";\n";
    broken += "\\echo " + line + "\n\\ir " + line + "\n";
    changes += "COPY missing FROM stdin;\n" + line + "\n\\.\n";
  }
  directory_.write("one/0001_start.sql", hostileSchema());
  directory_.write("one/0002_changes.sql", changes);
  directory_.write("one/0003_broken.sql", broken);
  directory_.write("one/0004_reasons.sql", reasons);
  for (const std::string &form : hostileForms()) {
    directory_.write("names/" + fileName(form) + ".sql", "DROP TABLE x;\nSELEC 1;\n");
    directory_.write("folders/" + fileName(form) + "/1_a.sql", "DROP TABLE x;\n");
    directory_.write("versions/1_" + fileName(form) + ".sql", "DROP TABLE x;\n");
  }
}

} // namespace lockstep::test
