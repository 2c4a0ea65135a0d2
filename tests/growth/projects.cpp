#include "growth/project.hpp"

namespace lockstep::growth {

/// Names of files that sort as versions do.
static std::string padded(size_t number) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

/// A file for each number.
static std::function<Files(size_t)> eachFile(std::function<std::string(size_t)> path,
                                             std::string text) {
  return [path = std::move(path), text = std::move(text)](size_t n) {
    Files files;
    for (size_t i = 1; i <= n; ++i) {
      std::string own;
      for (char c : text)
        if (c == '#')
          own += std::to_string(i);
        else if (c == '@')
          own += std::to_string(i - 1);
        else
          own += c;
      files.emplace_back(path(i), own);
    }
    return files;
  };
}

static void add(Generator &generator, const std::vector<std::string> &words) {
  generator.words.insert(generator.words.end(), words.begin(), words.end());
}

static void addFolders(Generators &into) {
  const auto flat = [](size_t i) { return padded(i) + "_a.sql"; };
  into.project("files-in-one-folder", eachFile(flat, "CREATE TABLE t# (a int);\n"));
  into.project("files-with-findings", eachFile(flat, "CREATE TABLE t# (a int);\n"));
  into.project("files-that-follow-each-other",
               eachFile(flat, "CREATE TABLE t# (a int);\nDROP TABLE IF EXISTS t@;\n"));
  into.project("files-of-one-table", eachFile(flat, "ALTER TABLE t ADD CHECK (a > #);\n"));
  into.project("files-empty", eachFile(flat, ""));
  into.project("files-of-no-version",
               eachFile([](size_t i) { return "f" + std::to_string(i) + ".sql"; },
                        "CREATE TABLE t# (a int);\n"));
  into.project("files-of-one-version",
               eachFile([](size_t i) { return "V1__a" + std::to_string(i) + ".sql"; },
                        "CREATE TABLE t# (a int);\n"));
  into.project("files-of-other-kinds", [](size_t n) {
    Files files{{"1_a.sql", "CREATE TABLE t (a int);\n"}};
    for (size_t i = 1; i <= n; ++i)
      files.emplace_back("f" + std::to_string(i) + ".txt", "x\n");
    return files;
  });
  into.project("folders-of-one-file",
               eachFile([](size_t i) { return "d" + std::to_string(i) + "/1_a.sql"; },
                        "CREATE TABLE t# (a int);\n"));
  into.project("folders-of-flyway",
               eachFile([](size_t i) { return "d" + std::to_string(i) + "/V1__a.sql"; },
                        "CREATE TABLE t# (a int);\n"));
  into.project("folders-of-prisma",
               eachFile([](size_t i) { return "migrations/" + padded(i) + "_a/migration.sql"; },
                        "CREATE TABLE t# (a int);\n"));
  into.project("folders-deep", [](size_t n) {
    std::string path;
    for (size_t i = 0; i < n / 40; ++i)
      path += "d/";
    return Files{{path + "1_a.sql", "CREATE TABLE t (a int);\n"}};
  });
  into.project("up-and-down-files", [](size_t n) {
    Files files;
    for (size_t i = 1; i <= n; ++i) {
      const std::string number = std::to_string(i);
      files.emplace_back(padded(i) + "_a.up.sql", "CREATE TABLE t" + number + " (a int);\n");
      files.emplace_back(padded(i) + "_a.down.sql", "DROP TABLE t" + number + ";\n");
    }
    return files;
  });
  for (const std::string format : {"json", "sarif", "text", "html"}) {
    Generator &files =
        into.project("files-" + format, eachFile(flat, "CREATE TABLE t# (a int);\n"));
    files.words.back() = format;
  }
  Generator &included = into.project("files-included", [](size_t n) {
    Files files{{"1_a.sql", written({each("\\ir parts/#.sql\n")}, n)}};
    for (size_t i = 1; i <= n; ++i)
      files.emplace_back("parts/" + std::to_string(i) + ".sql",
                         "CREATE TABLE t" + std::to_string(i) + " (a int);\n");
    return files;
  });
  add(included, {"--framework", "psql"});
  Generator &again = into.project("file-included-many-times", [](size_t n) {
    return Files{{"1_a.sql", written({each("\\ir parts/a.sql\n")}, n)},
                 {"parts/a.sql", "CREATE TABLE IF NOT EXISTS t (a int);\n"}};
  });
  add(again, {"--framework", "psql"});
}

static void addConfigurations(Generators &into) {
  const auto services = [](const std::string &config) {
    return [config](size_t n) {
      Files files;
      for (size_t i = 1; i <= n; ++i) {
        const std::string folder = "svc" + std::to_string(i);
        files.emplace_back(folder + "/db/1_a.sql", "CREATE TABLE t (a int);\n");
        files.emplace_back(folder + "/.lockstep.yaml", config);
      }
      return files;
    };
  };
  into.project("services", services("postgres: 15\n")).n = 500;
  into.project("services-with-histories", services("histories:\n  - path: db\n")).n = 500;
  Generator &staged = into.project("services-staged", services("postgres: 15\n"));
  staged.n = 250;
  staged.git = true;
  add(staged, {"--staged"});
  Generator &since = into.project("services-since", services("postgres: 15\n"));
  since.n = 250;
  since.git = true;
  add(since, {"--since", "HEAD"});
  into.project("histories-declared", [](size_t n) {
    Files files{{".lockstep.yaml", written({once("histories:\n"), each("  - path: svc#\n")}, n)}};
    for (size_t i = 1; i <= n; ++i)
      files.emplace_back("svc" + std::to_string(i) + "/1_a.sql", "CREATE TABLE t (a int);\n");
    return files;
  });
  into.project("histories-declared-without-files",
               [](size_t n) {
                 Files files{{".lockstep.yaml",
                              written({once("histories:\n"), each("  - path: svc#\n")}, n)},
                             {"svc1/1_a.sql", "CREATE TABLE t (a int);\n"}};
                 return files;
               })
      .status = 2;
  into.project("paths-named", [](size_t n) {
    Files files;
    for (size_t i = 1; i <= n; ++i)
      files.emplace_back(padded(i) + "_a.sql", "CREATE TABLE t (a int);\n");
    return files;
  });
  const auto flat = [](size_t i) { return padded(i) + "_a.sql"; };
  into.project("exclude-patterns-and-files", [](size_t n) {
    Files files{{".lockstep.yaml", written({once("exclude:\n"), each("  - \"x#/*.sql\"\n")}, n)}};
    for (size_t i = 1; i <= n; ++i)
      files.emplace_back(padded(i) + "_a.sql", "CREATE TABLE t (a int);\n");
    return files;
  });
  into.project("override-patterns-and-files", [](size_t n) {
    Files files{
        {".lockstep.yaml", written({once("overrides:\n"),
                                    each("  - {paths: [\"x#/*.sql\"], ignore: [char-column]}\n")},
                                   n)}};
    for (size_t i = 1; i <= n; ++i)
      files.emplace_back(padded(i) + "_a.sql", "CREATE TABLE t (a int);\n");
    return files;
  });
  into.project("suppressed-paths-and-files", [](size_t n) {
    Files files{{".lockstep.yaml",
                 written({once("suppress:\n"),
                          each("  - {rule: serial-column, path: \"x#/*.sql\", reason: x}\n")},
                         n)}};
    for (size_t i = 1; i <= n; ++i)
      files.emplace_back(padded(i) + "_a.sql", "CREATE TABLE t (a int);\n");
    return files;
  });
  into.project("ignore-patterns-and-files", [](size_t n) {
    Files files{{".gitignore", written({each("x#/*.sql\n")}, n)}};
    for (size_t i = 1; i <= n; ++i)
      files.emplace_back(padded(i) + "_a.sql", "CREATE TABLE t (a int);\n");
    return files;
  });
  Generator &staged_files =
      into.project("files-staged", eachFile(flat, "CREATE TABLE t# (a int);\n"));
  staged_files.git = true;
  add(staged_files, {"--staged"});
  Generator &since_files =
      into.project("files-since", eachFile(flat, "CREATE TABLE t# (a int);\n"));
  since_files.git = true;
  add(since_files, {"--since", "HEAD"});
  into.project("config-shown",
               [](size_t n) {
                 return Files{{".lockstep.yaml",
                               written({once("exclude:\n"), each("  - \"x#/*.sql\"\n")}, n)}};
               })
      .words = {"config"};
  into.project("init-of-many-folders",
               eachFile([](size_t i) { return "d" + std::to_string(i) + "/V1__a.sql"; },
                        "CREATE TABLE t# (a int);\n"))
      .words = {"init"};
}

void addProjects(Generators &into) {
  addFolders(into);
  addConfigurations(into);
}

} // namespace lockstep::growth
