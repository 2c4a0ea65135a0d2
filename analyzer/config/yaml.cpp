#include "config/yaml.hpp"

#include "base/text.hpp"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/Casting.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Support/YAMLParser.h>

#include <algorithm>
#include <set>
#include <string>

namespace lockstep::config {

static constexpr size_t largest_text = size_t{1} << 20;
static constexpr int deepest = 16;

namespace {
/// Copies LLVM's tree, which is read as it is walked, into ours.
class YamlReader {
public:
  YamlReader(std::string_view text, std::vector<ConfigProblem> &problems)
      : text_(text), problems_(problems) {
    sources_.setDiagHandler(&YamlReader::take, this);
  }

  YamlNode read() {
    llvm::yaml::Stream stream({text_.data(), text_.size()}, sources_, false);
    YamlNode root;
    auto document = stream.begin();
    if (document == stream.end() || stream.failed())
      return root;
    if (llvm::yaml::Node *node = document->getRoot())
      root = convert(*node, 0);
    if (stream.failed() || !problems_.empty())
      return root;
    if (++document != stream.end() && problems_.empty())
      if (llvm::yaml::Node *second = document->getRoot())
        problem(rangeOf(*second), "a second document: the configuration is one");
    return root;
  }

private:
  static void take(const llvm::SMDiagnostic &diagnostic, void *self) {
    static_cast<YamlReader *>(self)->takeProblem(diagnostic);
  }
  void takeProblem(const llvm::SMDiagnostic &diagnostic) {
    // Whatever follows the first one are consequences.
    if (!problems_.empty())
      return;
    uint32_t at = diagnostic.getLoc().isValid() ? offsetOf(diagnostic.getLoc()) : 0;
    problem({at, at}, diagnostic.getMessage().str());
  }
  void problem(Range where, std::string message) {
    problems_.push_back({where, std::move(message)});
  }

  /// Beyond the text for what LLVM made up itself.
  uint32_t offsetOf(llvm::SMLoc place) const {
    const char *at = place.getPointer();
    bool inside = at >= text_.data() && at <= text_.data() + text_.size();
    return static_cast<uint32_t>(inside ? at - text_.data() : 0);
  }
  Range rangeOf(const llvm::yaml::Node &node) const {
    llvm::SMRange range = node.getSourceRange();
    Range where{offsetOf(range.Start), offsetOf(range.End)};
    // A block or plain scalar may take its line's end along.
    while (where.end > where.begin && trim(text_.substr(where.end - 1, 1)).empty())
      --where.end;
    return where;
  }

  YamlNode convert(llvm::yaml::Node &node, int depth) {
    YamlNode result;
    result.where = rangeOf(node);
    if (depth > deepest) {
      problem(result.where, "nested too deeply");
      return result;
    }
    if (auto *scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(&node)) {
      llvm::SmallString<64> storage;
      result.kind = YamlNode::Kind::scalar;
      result.scalar = scalar->getValue(storage).str();
    } else if (auto *block = llvm::dyn_cast<llvm::yaml::BlockScalarNode>(&node)) {
      result.kind = YamlNode::Kind::scalar;
      result.scalar = block->getValue().str();
    } else if (auto *sequence = llvm::dyn_cast<llvm::yaml::SequenceNode>(&node)) {
      result.kind = YamlNode::Kind::sequence;
      for (llvm::yaml::Node &item : *sequence) {
        if (!problems_.empty())
          break;
        result.items.push_back(convert(item, depth + 1));
        result.where.end = result.items.back().where.end;
      }
    } else if (auto *mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(&node)) {
      result.kind = YamlNode::Kind::mapping;
      std::set<std::string> keys;
      for (llvm::yaml::KeyValueNode &entry : *mapping) {
        if (!problems_.empty())
          break;
        convertEntry(entry, depth, result, keys);
        // LLVM knows only where a collection starts.
        if (!result.entries.empty())
          result.where.end =
              std::max(result.entries.back().key_where.end, result.entries.back().value.where.end);
      }
    } else if (llvm::isa<llvm::yaml::AliasNode>(&node)) {
      problem(result.where, "aliases are not taken here");
    }
    return result;
  }

  void convertEntry(llvm::yaml::KeyValueNode &entry, int depth, YamlNode &mapping,
                    std::set<std::string> &keys) {
    YamlEntry result;
    if (llvm::yaml::Node *key = entry.getKey()) {
      YamlNode name = convert(*key, depth + 1);
      if (name.kind != YamlNode::Kind::scalar && problems_.empty())
        problem(name.where, "a key must be a word");
      result.key = std::move(name.scalar);
      result.key_where = name.where;
    }
    if (!problems_.empty())
      return;
    if (llvm::yaml::Node *value = entry.getValue())
      result.value = convert(*value, depth + 1);
    if (!keys.insert(result.key).second)
      problem(result.key_where, format("'{}' is given twice", result.key));
    mapping.entries.push_back(std::move(result));
  }

  std::string_view text_;
  std::vector<ConfigProblem> &problems_;
  llvm::SourceMgr sources_;
};
} // namespace

YamlNode parseYaml(std::string_view text, std::vector<ConfigProblem> &problems) {
  if (text.size() > largest_text) {
    problems.push_back({{0, 0}, "too large for a configuration"});
    return {};
  }
  return YamlReader(text, problems).read();
}

} // namespace lockstep::config
