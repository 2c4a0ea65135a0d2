#pragma once
#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace lockstep {

/// An immutable-by-sharing hash map: copying it costs one pointer, and an update shares all but the
/// path to the changed entry, so a snapshot of the catalog at every statement is affordable.
/// A hash array mapped trie of 32-way nodes; keys that share a whole hash live in one leaf.
///
/// Iteration order depends on the hash only, never on the order of insertion: sort before printing.
template <class Key, class Value, class Hash = std::hash<Key>> class PersistentMap {
public:
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// The value of `key`, or null.
  template <class K> [[nodiscard]] const Value *find(const K &key) const {
    uint64_t hash = mix(Hash{}(key));
    const Node *node = root_.get();
    for (unsigned shift = 0; node; shift += bits) {
      if (node->isLeaf()) {
        for (const auto &entry : node->entries)
          if (entry.first == key)
            return &entry.second;
        return nullptr;
      }
      unsigned slot = slotOf(hash, shift);
      if (!(node->bitmap & (1u << slot)))
        return nullptr;
      node = node->children[node->indexOf(slot)].get();
    }
    return nullptr;
  }

  /// Inserts or replaces.
  void set(const Key &key, Value value) {
    bool added = false;
    root_ = insert(root_, mix(Hash{}(key)), 0, key, std::move(value), added);
    size_ += added ? 1 : 0;
  }

  /// Removes `key`; false where it was not there.
  bool erase(const Key &key) {
    if (!find(key))
      return false;
    root_ = remove(root_, mix(Hash{}(key)), 0, key);
    --size_;
    return true;
  }

  /// Calls `visit(key, value)` for each entry.
  template <class Visit> void forEach(Visit &&visit) const { walk(root_.get(), visit); }

private:
  static constexpr unsigned bits = 5;

  struct Node;
  using Link = std::shared_ptr<const Node>;
  /// A leaf holds the entries of one hash; an inner node holds a child for each set bit.
  struct Node {
    uint32_t bitmap = 0;
    uint64_t hash = 0;
    std::vector<Link> children;
    std::vector<std::pair<Key, Value>> entries;

    [[nodiscard]] bool isLeaf() const { return !entries.empty(); }
    [[nodiscard]] size_t indexOf(unsigned slot) const {
      return static_cast<size_t>(std::popcount(bitmap & ((1u << slot) - 1)));
    }
  };

  static unsigned slotOf(uint64_t hash, unsigned shift) {
    assert(shift < 64);
    return static_cast<unsigned>(hash >> shift) & 31u;
  }
  /// std::hash of an integer is the identity in libstdc++; spread it over all bits.
  static uint64_t mix(uint64_t hash) {
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return hash ^ (hash >> 33);
  }

  static Link insert(const Link &node, uint64_t hash, unsigned shift, const Key &key, Value &&value,
                     bool &added) {
    if (!node) {
      auto leaf = std::make_shared<Node>();
      leaf->hash = hash;
      leaf->entries.emplace_back(key, std::move(value));
      added = true;
      return leaf;
    }
    if (node->isLeaf()) {
      if (node->hash == hash) {
        auto leaf = std::make_shared<Node>(*node);
        for (auto &entry : leaf->entries) {
          if (entry.first == key) {
            entry.second = std::move(value);
            return leaf;
          }
        }
        leaf->entries.emplace_back(key, std::move(value));
        added = true;
        return leaf;
      }
      auto inner = std::make_shared<Node>();
      inner->bitmap = 1u << slotOf(node->hash, shift);
      inner->children.push_back(node);
      return insert(inner, hash, shift, key, std::move(value), added);
    }
    auto copy = std::make_shared<Node>(*node);
    unsigned slot = slotOf(hash, shift);
    size_t index = copy->indexOf(slot);
    if (copy->bitmap & (1u << slot)) {
      copy->children[index] =
          insert(copy->children[index], hash, shift + bits, key, std::move(value), added);
      return copy;
    }
    copy->bitmap |= 1u << slot;
    copy->children.insert(copy->children.begin() + static_cast<std::ptrdiff_t>(index),
                          insert(nullptr, hash, shift + bits, key, std::move(value), added));
    return copy;
  }

  /// `key` is known to be there. An emptied node becomes null.
  static Link remove(const Link &node, uint64_t hash, unsigned shift, const Key &key) {
    auto copy = std::make_shared<Node>(*node);
    if (node->isLeaf()) {
      std::erase_if(copy->entries, [&](const auto &entry) { return entry.first == key; });
      return copy->entries.empty() ? nullptr : copy;
    }
    unsigned slot = slotOf(hash, shift);
    size_t index = copy->indexOf(slot);
    Link child = remove(copy->children[index], hash, shift + bits, key);
    if (child) {
      copy->children[index] = std::move(child);
      return copy;
    }
    copy->bitmap &= ~(1u << slot);
    copy->children.erase(copy->children.begin() + static_cast<std::ptrdiff_t>(index));
    return copy->children.empty() ? nullptr : copy;
  }

  template <class Visit> static void walk(const Node *node, Visit &visit) {
    if (!node)
      return;
    for (const auto &entry : node->entries)
      visit(entry.first, entry.second);
    for (const Link &child : node->children)
      walk(child.get(), visit);
  }

  Link root_;
  size_t size_ = 0;
};

} // namespace lockstep
