#include "support/literate.hpp"

#include "base/text.hpp"
#include "support/process.hpp"

#include <cstdio>
#include <stdexcept>

namespace lockstep::test {

using namespace base;

namespace {

/// Reads one page line by line.
class PageReader {
public:
  explicit PageReader(Page &page) : page_(page) {}

  void read() {
    while (at_ < page_.text.size())
      takeLine(nextLine());
    closeSection();
  }

private:
  std::string_view nextLine() {
    ++line_;
    size_t end = page_.text.find('\n', at_);
    if (end == std::string::npos)
      end = page_.text.size();
    std::string_view line = std::string_view(page_.text).substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }

  void takeLine(std::string_view line) {
    if (line.starts_with("#"))
      takeHeading(line);
    else if (line.starts_with("```"))
      takeFence(line.substr(3));
    else if (line.size() > 2 && line.starts_with("`") && trim(line).ends_with("`") &&
             line.find(' ') == std::string_view::npos)
      file_name_ = trim(line).substr(1, trim(line).size() - 2);
  }

  void takeHeading(std::string_view line) {
    std::string_view text = trim(line.substr(line.find_first_not_of('#')));
    if (page_.title.empty()) {
      page_.title = text;
      return;
    }
    closeSection();
    std::string lower = toLowerAscii(text);
    section_ = Section{};
    section_.heading = text;
    section_.line = line_;
    section_.clean = lower.starts_with("clean") || lower.starts_with("safe");
  }

  void closeSection() {
    if (!section_.files.empty())
      page_.sections.push_back(std::move(section_));
    section_ = Section{};
    file_name_.clear();
  }

  void takeFence(std::string_view info) {
    std::string_view kind = info.substr(0, info.find(' '));
    std::string_view arguments = kind.size() < info.size() ? info.substr(kind.size() + 1) : "";
    size_t begin = at_;
    size_t end = begin;
    while (at_ < page_.text.size()) {
      end = at_;
      if (nextLine().starts_with("```"))
        break;
    }
    std::string_view content = std::string_view(page_.text).substr(begin, end - begin);
    if (kind == "sql" && arguments.empty())
      takeSql(content);
    else if (kind == "yaml")
      section_.config = content;
    else if (kind == "console")
      takeCommands(content);
    else if (kind != "sql" && kind != "text" && !kind.empty())
      section_.outputs.push_back(
          {std::string(kind), std::string(arguments), std::string(content), begin, end});
  }

  void takeCommands(std::string_view content) {
    constexpr std::string_view check = "$ lockstep check migrations";
    for (std::string_view line : split(content, '\n')) {
      if (line.starts_with("$ git commit"))
        section_.committed = section_.files.size();
      if (!line.starts_with(check))
        continue;
      for (std::string_view word : split(line.substr(check.size()), ' '))
        if (!word.empty())
          section_.arguments.emplace_back(word);
    }
  }

  void takeSql(std::string_view content) {
    if (file_name_.empty()) {
      char number[16];
      std::snprintf(number, sizeof number, "%04zu.sql", section_.files.size() + 1);
      file_name_ = number;
    }
    FixtureFile file{file_name_, ""};
    std::vector<Expectation> pending;
    unsigned line_number = 0;
    for (std::string_view line : split(content, '\n')) {
      ++line_number;
      size_t expect = line.find("-- expect");
      std::string_view code = trim(line.substr(0, expect));
      if (expect != std::string_view::npos)
        pending.push_back(expectationIn(line.substr(expect + 9)));
      if (!code.empty()) {
        for (Expectation &expectation : pending) {
          expectation.file = file_name_;
          expectation.line = line_number;
          section_.expectations.push_back(std::move(expectation));
        }
        pending.clear();
      }
      std::string_view kept = line.substr(0, expect);
      if (expect != std::string_view::npos)
        kept = kept.substr(0, kept.find_last_not_of(' ') + 1);
      file.text += kept;
      file.text += '\n';
    }
    file.text.pop_back();
    section_.files.push_back(std::move(file));
    file_name_.clear();
  }

  /// Of what follows "-- expect": nothing, or `: rule`, or `: rule "words"`.
  Expectation expectationIn(std::string_view text) const {
    Expectation expectation;
    text = trim(text);
    if (text.starts_with(":"))
      text = trim(text.substr(1));
    size_t quote = text.find('"');
    expectation.rule = trim(text.substr(0, quote));
    if (quote != std::string_view::npos)
      expectation.words = text.substr(quote + 1, text.rfind('"') - quote - 1);
    if (expectation.rule.empty())
      expectation.rule = page_.title;
    return expectation;
  }

  Page &page_;
  Section section_;
  std::string file_name_;
  size_t at_ = 0;
  unsigned line_ = 0;
};

} // namespace

Page readPage(const std::filesystem::path &path) {
  Page page;
  page.path = path;
  page.text = readFile(path);
  PageReader(page).read();
  return page;
}

static void commitAll(const TemporaryDirectory &directory) {
  const std::vector<std::vector<std::string>> commands{
      {"git", "init", "-q"},
      {"git", "add", "-A"},
      {"git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "a"}};
  for (const std::vector<std::string> &command : commands)
    if (Outcome outcome = run(command, directory.path()); outcome.status != 0)
      throw std::runtime_error(outcome.err);
}

void writeSection(const Section &section, const TemporaryDirectory &directory) {
  if (!section.config.empty())
    directory.write(".lockstep.yaml", section.config);
  for (size_t i = 0; i < section.files.size(); ++i) {
    const FixtureFile &file = section.files[i];
    directory.write(std::filesystem::path("migrations") / file.name, file.text);
    if (i + 1 == section.committed)
      commitAll(directory);
  }
}

} // namespace lockstep::test
