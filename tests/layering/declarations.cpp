#include "declarations.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace layering {

namespace {
using Tokens = std::vector<std::string>;

bool isWordByte(char byte) { return std::isalnum(static_cast<unsigned char>(byte)) || byte == '_'; }

bool isWord(std::string_view token) {
  return !token.empty() && isWordByte(token.front()) &&
         !std::isdigit(static_cast<unsigned char>(token.front()));
}

/// Words, numbers, literals as "" and single signs, but "::"; no comments, no preprocessor.
class Tokenizer {
public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  Tokens read() {
    while (at_ < text_.size())
      step();
    return std::move(tokens_);
  }

private:
  [[nodiscard]] bool startsWith(std::string_view prefix) const {
    return text_.substr(at_).starts_with(prefix);
  }
  void skipPast(std::string_view end) {
    const size_t found = text_.find(end, at_);
    at_ = found == text_.npos ? text_.size() : found + end.size();
  }

  void step() {
    const char byte = text_[at_];
    if (std::isspace(static_cast<unsigned char>(byte))) {
      line_is_empty_ = line_is_empty_ || byte == '\n';
      ++at_;
      return;
    }
    const bool starts_line = std::exchange(line_is_empty_, false);
    if (startsWith("//"))
      return skipLine();
    if (startsWith("/*"))
      return skipPast("*/");
    if (byte == '#' && starts_line)
      return skipLine();
    if (startsWith("R\"")) {
      const size_t open = text_.find('(', at_);
      const std::string end = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
      skipPast(end);
      tokens_.emplace_back("\"\"");
    } else if (byte == '"' || byte == '\'') {
      quoted(byte);
    } else if (isWordByte(byte)) {
      word();
    } else {
      const size_t size = startsWith("::") ? 2 : 1;
      tokens_.emplace_back(text_.substr(at_, size));
      at_ += size;
    }
  }

  /// A line that a backslash continues goes on.
  void skipLine() {
    for (size_t end = text_.find('\n', at_);; end = text_.find('\n', end + 1)) {
      at_ = std::min(end, text_.size());
      line_is_empty_ = true;
      if (end == text_.npos || end == 0 || text_[end - 1] != '\\')
        return;
    }
  }
  void quoted(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_)
      at_ += text_[at_] == '\\' ? 1 : 0;
    ++at_;
    tokens_.emplace_back("\"\"");
  }
  void word() {
    const bool is_number = std::isdigit(static_cast<unsigned char>(text_[at_]));
    const size_t begin = at_;
    while (at_ < text_.size() && (isWordByte(text_[at_]) || (is_number && text_[at_] == '\'')))
      ++at_;
    tokens_.emplace_back(text_.substr(begin, at_ - begin));
  }

  std::string_view text_;
  size_t at_ = 0;
  bool line_is_empty_ = true;
  Tokens tokens_;
};

/// Reads declarations at the level of namespaces; bodies are passed over.
class Reader {
public:
  explicit Reader(std::string_view source) : tokens_(Tokenizer(source).read()) {}

  std::vector<Declaration> read() {
    while (at_ < tokens_.size())
      step();
    return std::move(found_);
  }

private:
  [[nodiscard]] std::string_view token(size_t index) const {
    return index < tokens_.size() ? std::string_view(tokens_[index]) : std::string_view();
  }

  /// After the bracket that belongs to the one at `open`.
  [[nodiscard]] size_t afterPair(size_t open) const {
    int depth = 0;
    for (size_t i = open; i < tokens_.size(); ++i) {
      const std::string_view each = token(i);
      if (each == "(" || each == "[" || each == "{")
        ++depth;
      else if ((each == ")" || each == "]" || each == "}") && --depth == 0)
        return i + 1;
    }
    return tokens_.size();
  }
  /// After "<…>" at `open`.
  [[nodiscard]] size_t afterAngles(size_t open) const {
    int depth = 0;
    for (size_t i = open; i < tokens_.size();) {
      const std::string_view each = token(i);
      if (each == "(" || each == "{") {
        i = afterPair(i);
        continue;
      }
      depth += each == "<" ? 1 : each == ">" ? -1 : 0;
      ++i;
      if (depth == 0)
        return i;
    }
    return tokens_.size();
  }

  void step() {
    const std::string_view first = token(at_);
    if (first == "}") {
      if (!spaces_.empty())
        spaces_.pop_back();
      ++at_;
    } else if (first == ";") {
      ++at_;
    } else if (first == "namespace" || (first == "inline" && token(at_ + 1) == "namespace")) {
      enterNamespace();
    } else if (first == "extern" && token(at_ + 1) == "\"\"" && token(at_ + 2) == "{") {
      spaces_.emplace_back(""); // Adds nothing to a name.
      at_ += 3;
    } else {
      declaration();
    }
  }

  void enterNamespace() {
    std::string name;
    for (; at_ < tokens_.size() && token(at_) != "{" && token(at_) != ";"; ++at_)
      if (token(at_) != "namespace" && token(at_) != "inline")
        name += token(at_);
    if (token(at_) == "{")
      spaces_.push_back(name.empty() ? "(anonymous)" : name);
    ++at_;
  }

  [[nodiscard]] Declaration made(Declaration::Kind kind, std::string name) const {
    Declaration result;
    result.kind = kind;
    result.name = std::move(name);
    for (const std::string &space : spaces_) {
      result.is_local = result.is_local || space == "(anonymous)";
      if (!space.empty())
        result.space += (result.space.empty() ? "" : "::") + space;
    }
    return result;
  }

  void declaration() {
    bool is_template = false, is_static = false;
    for (bool skipped = true; skipped;) {
      const std::string_view each = token(at_);
      skipped = true;
      if (each == "template") {
        is_template = true;
        at_ = token(at_ + 1) == "<" ? afterAngles(at_ + 1) : at_ + 1;
      } else if (each == "[" && token(at_ + 1) == "[") {
        at_ = afterPair(at_);
      } else if (each == "static" || each == "inline" || each == "constexpr" || each == "extern") {
        is_static = is_static || each == "static";
        ++at_;
      } else {
        skipped = false;
      }
    }
    const std::string_view first = token(at_);
    if (first == "class" || first == "struct" || first == "union" || first == "enum")
      return type(is_template);
    if (first == "using" || first == "typedef" || first == "friend" || first == "concept")
      return skipStatement();
    functionOrVariable(is_template, is_static);
  }

  /// To after the next semicolon outside of brackets.
  void skipStatement() {
    while (at_ < tokens_.size() && token(at_) != ";")
      at_ = token(at_) == "{" || token(at_) == "(" || token(at_) == "[" ? afterPair(at_) : at_ + 1;
    ++at_;
  }

  void type(bool is_template) {
    ++at_;
    if (token(at_) == "class" || token(at_) == "struct")
      ++at_;
    while (token(at_) == "[")
      at_ = afterPair(at_);
    std::string name;
    while (isWord(token(at_)) || token(at_) == "::") {
      if (token(at_) == "final")
        break;
      name += token(at_++);
    }
    if (token(at_) == "<") {
      const size_t end = afterAngles(at_);
      for (; at_ < end; ++at_)
        name += token(at_);
    }
    while (at_ < tokens_.size() && token(at_) != "{" && token(at_) != ";" && token(at_) != "(")
      ++at_; // Bases, the type below an enum.
    Declaration result = made(Declaration::Kind::type, name);
    result.is_template = is_template;
    result.is_definition = token(at_) == "{";
    if (!name.empty())
      found_.push_back(std::move(result));
    skipStatement();
  }

  void functionOrVariable(bool is_template, bool is_static) {
    const size_t begin = at_;
    size_t open = 0; // The bracket of the parameters.
    while (at_ < tokens_.size()) {
      const std::string_view each = token(at_);
      if (each == "operator") {
        at_ += 2;
        while (token(at_) != "(" || token(at_ - 1) == "operator")
          ++at_;
        if (token(at_) == "(" && token(at_ + 1) == ")" && token(at_ + 2) == "(")
          at_ += 2; // operator()
        open = at_;
        break;
      }
      if (each == "(") {
        open = at_;
        break;
      }
      if (each == ";" || each == "=" || each == "{")
        return skipStatement(); // A variable.
      if (each == "<")
        at_ = afterAngles(at_);
      else if (each == "[")
        at_ = afterPair(at_);
      else
        ++at_;
    }
    const std::string name = nameBefore(open, begin);
    const size_t close = afterPair(open);
    Declaration result = made(Declaration::Kind::function, name);
    result.is_template = is_template;
    result.is_local = result.is_local || is_static;
    result.parameters = parametersIn(open + 1, close - 1);
    at_ = close;
    bool has_initializers = false;
    while (at_ < tokens_.size()) {
      const std::string_view each = token(at_);
      if (each == "const" && !has_initializers)
        result.parameters += " const";
      if (each == ":")
        has_initializers = true;
      if (each == ";" || each == "=") { // A prototype, or = default, = delete.
        skipStatement();
        break;
      }
      if (each == "{" && !(has_initializers && isWord(token(at_ - 1)))) {
        result.is_definition = true;
        at_ = afterPair(at_);
        break;
      }
      at_ = each == "(" || each == "{" || each == "[" ? afterPair(at_) : at_ + 1;
    }
    if (!name.empty())
      found_.push_back(std::move(result));
  }

  /// "A::b" or "A::operator==" that ends before `end`.
  [[nodiscard]] std::string nameBefore(size_t end, size_t begin) const {
    size_t first = end;
    for (size_t i = begin; i < end; ++i)
      if (token(i) == "operator") {
        first = i;
        break;
      }
    if (first == end)
      while (first > begin && (isWord(token(first - 1)) || token(first - 1) == "~")) {
        --first;
        if (token(first) != "~" && token(first - 1) != "~")
          break;
      }
    while (first > begin + 1 && token(first - 1) == "::" && isWord(token(first - 2)))
      first -= 2;
    if (first > begin && token(first - 1) == "::")
      --first;
    std::string name;
    for (size_t i = first; i < end; ++i)
      name += token(i);
    return name;
  }

  /// The types of parameters, without names and default values.
  [[nodiscard]] std::string parametersIn(size_t first, size_t end) const {
    std::string result = "(";
    Tokens words;
    int depth = 0;
    bool is_default = false;
    const auto flush = [&] {
      if (words.size() > 1 && isWord(words.back()) && words[words.size() - 2] != "::" &&
          words[words.size() - 2] != "const")
        words.pop_back();
      for (const std::string &word : words)
        result += (isWord(word) && isWordByte(result.back()) ? " " : "") + word;
      words.clear();
      is_default = false;
    };
    for (size_t i = first; i < end; ++i) {
      const std::string_view each = token(i);
      if (each == "<" || each == "(" || each == "{" || each == "[")
        ++depth;
      if (each == ">" || each == ")" || each == "}" || each == "]")
        --depth;
      if (each == "," && depth == 0) {
        flush();
        result += ", ";
        continue;
      }
      is_default = is_default || (each == "=" && depth == 0);
      if (!is_default)
        words.emplace_back(each);
    }
    flush();
    return result + ")";
  }

  Tokens tokens_;
  size_t at_ = 0;
  std::vector<std::string> spaces_;
  std::vector<Declaration> found_;
};
} // namespace

std::vector<Declaration> declarationsOf(std::string_view source) { return Reader(source).read(); }

} // namespace layering
