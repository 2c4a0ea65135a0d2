#pragma once
#include <atomic>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace lockstep {

/// An immutable-by-sharing hash map: copying it costs one pointer, and an update shares all but the
/// path to the changed entry, so a snapshot of the catalog at every statement is affordable. A path
/// that nothing else shares is changed in place.
/// A hash array mapped trie of 32-way nodes; keys that share a whole hash are chained.
///
/// `find` and `edit` take whatever Hash accepts and a Key can be compared with.
/// Iteration order depends on the hash only, never on the order of insertion: sort before printing.
template <class Key, class Value, class Hash = std::hash<Key>> class PersistentMap {
public:
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// The value of `key`, or null.
  template <class K> [[nodiscard]] const Value *find(const K &key) const {
    const uint64_t hash = mix(Hash{}(key));
    const Node *node = root_.get();
    for (unsigned shift = 0; node; shift += bits) {
      if (node->is_leaf) {
        const auto *leaf = static_cast<const Leaf *>(node);
        if (leaf->hash != hash)
          return nullptr;
        for (; leaf; leaf = leaf->nextLeaf())
          if (leaf->key == key)
            return &leaf->value;
        return nullptr;
      }
      const auto *inner = static_cast<const Inner *>(node);
      const unsigned slot = slotOf(hash, shift);
      if (!(inner->bitmap & (1u << slot)))
        return nullptr;
      node = inner->children[inner->indexOf(slot)].get();
    }
    return nullptr;
  }

  template <class K> [[nodiscard]] bool contains(const K &key) const { return find(key); }

  /// The value of `key` for changing it, or null. The reference is good until the map is used again.
  template <class K> [[nodiscard]] Value *edit(const K &key) {
    if (!find(key))
      return nullptr;
    const uint64_t hash = mix(Hash{}(key));
    Link *link = &root_;
    for (unsigned shift = 0;; shift += bits) {
      if (link->get()->is_leaf)
        break;
      Inner *inner = own<Inner>(*link);
      link = &inner->children[inner->indexOf(slotOf(hash, shift))];
    }
    while (!(static_cast<const Leaf *>(link->get())->key == key))
      link = &own<Leaf>(*link)->next;
    return &own<Leaf>(*link)->value;
  }

  /// Inserts or replaces.
  void set(Key key, Value value) {
    const uint64_t hash = mix(Hash{}(key));
    Link *link = &root_;
    for (unsigned shift = 0; *link; shift += bits) {
      if (link->get()->is_leaf) {
        if (static_cast<const Leaf *>(link->get())->hash == hash)
          return chain(*link, hash, std::move(key), std::move(value));
        split(*link, shift);
      }
      Inner *inner = own<Inner>(*link);
      const unsigned slot = slotOf(hash, shift);
      const size_t index = inner->indexOf(slot);
      if (!(inner->bitmap & (1u << slot))) {
        inner->bitmap |= 1u << slot;
        inner->children.insert(inner->children.begin() + static_cast<std::ptrdiff_t>(index), Link());
      }
      link = &inner->children[index];
    }
    *link = Link(new Leaf(hash, std::move(key), std::move(value)));
    ++size_;
  }

  /// Removes `key`; false where it was not there.
  template <class K> bool erase(const K &key) {
    if (!find(key))
      return false;
    eraseBelow(root_, mix(Hash{}(key)), 0, key);
    --size_;
    return true;
  }

  /// Calls `visit(key, value)` for each entry.
  template <class Visit> void forEach(Visit &&visit) const { walk(root_.get(), visit); }

private:
  static constexpr unsigned bits = 5;

  struct Node {
    explicit Node(bool leaf) : is_leaf(leaf) {}
    Node(const Node &other) : is_leaf(other.is_leaf) {}
    Node &operator=(const Node &) = delete;
    mutable std::atomic<uint32_t> owners{0};
    const bool is_leaf;
  };

  /// Counts the owners of a node.
  class Link {
  public:
    Link() = default;
    explicit Link(Node *node) : node_(node) { acquire(); }
    Link(const Link &other) : node_(other.node_) { acquire(); }
    Link(Link &&other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    Link &operator=(Link other) noexcept {
      std::swap(node_, other.node_);
      return *this;
    }
    ~Link() { release(); }

    explicit operator bool() const { return node_; }
    [[nodiscard]] const Node *get() const { return node_; }
    [[nodiscard]] Node *mutableNode() { return node_; }
    [[nodiscard]] bool isShared() const {
      return node_->owners.load(std::memory_order_acquire) != 1;
    }

  private:
    void acquire() {
      if (node_)
        node_->owners.fetch_add(1, std::memory_order_relaxed);
    }
    void release() {
      if (!node_ || node_->owners.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
      if (node_->is_leaf)
        delete static_cast<Leaf *>(node_);
      else
        delete static_cast<Inner *>(node_);
    }

    Node *node_ = nullptr;
  };

  struct Leaf : Node {
    Leaf(uint64_t h, Key k, Value v)
        : Node(true), hash(h), key(std::move(k)), value(std::move(v)) {}
    [[nodiscard]] const Leaf *nextLeaf() const { return static_cast<const Leaf *>(next.get()); }

    uint64_t hash;
    Key key;
    Value value;
    Link next; ///< Another key of the same hash.
  };

  struct Inner : Node {
    Inner() : Node(false) {}
    [[nodiscard]] size_t indexOf(unsigned slot) const {
      return static_cast<size_t>(std::popcount(bitmap & ((1u << slot) - 1)));
    }

    uint32_t bitmap = 0;
    std::vector<Link> children;
  };

  static unsigned slotOf(uint64_t hash, unsigned shift) {
    assert(shift < 65);
    return static_cast<unsigned>(hash >> shift) & 31u;
  }
  /// std::hash of an integer is the identity in libstdc++; spread it over all bits.
  static uint64_t mix(uint64_t hash) {
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return hash ^ (hash >> 33);
  }

  /// The node of `link`, copied first where others share it.
  template <class T> static T *own(Link &link) {
    if (link.isShared())
      link = Link(new T(*static_cast<const T *>(link.get())));
    return static_cast<T *>(link.mutableNode());
  }

  /// Puts an inner node with the leaf as its only child in the leaf's place.
  static void split(Link &link, unsigned shift) {
    auto *inner = new Inner;
    inner->bitmap = 1u << slotOf(static_cast<const Leaf *>(link.get())->hash, shift);
    inner->children.push_back(std::move(link));
    link = Link(inner);
  }

  /// Sets `key` among the leaves that share its hash.
  void chain(Link &first, uint64_t hash, Key key, Value value) {
    for (Link *link = &first; *link; link = &static_cast<Leaf *>(link->mutableNode())->next) {
      Leaf *leaf = own<Leaf>(*link);
      if (leaf->key == key) {
        leaf->value = std::move(value);
        return;
      }
    }
    auto *leaf = new Leaf(hash, std::move(key), std::move(value));
    leaf->next = std::move(first);
    first = Link(leaf);
    ++size_;
  }

  /// `key` is known to be there. An emptied node becomes null.
  template <class K> static void eraseBelow(Link &link, uint64_t hash, unsigned shift, const K &key) {
    if (link.get()->is_leaf) {
      Link *at = &link;
      while (!(static_cast<const Leaf *>(at->get())->key == key))
        at = &own<Leaf>(*at)->next;
      Link rest = static_cast<const Leaf *>(at->get())->next;
      *at = std::move(rest);
      return;
    }
    Inner *inner = own<Inner>(link);
    const unsigned slot = slotOf(hash, shift);
    const size_t index = inner->indexOf(slot);
    eraseBelow(inner->children[index], hash, shift + bits, key);
    if (inner->children[index])
      return;
    inner->bitmap &= ~(1u << slot);
    inner->children.erase(inner->children.begin() + static_cast<std::ptrdiff_t>(index));
    if (inner->children.empty())
      link = Link();
  }

  template <class Visit> static void walk(const Node *node, Visit &visit) {
    if (!node)
      return;
    if (node->is_leaf) {
      for (const auto *leaf = static_cast<const Leaf *>(node); leaf; leaf = leaf->nextLeaf())
        visit(leaf->key, leaf->value);
      return;
    }
    for (const Link &child : static_cast<const Inner *>(node)->children)
      walk(child.get(), visit);
  }

  Link root_;
  size_t size_ = 0;
};

} // namespace lockstep
