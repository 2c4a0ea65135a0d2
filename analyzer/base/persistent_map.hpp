#pragma once
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace lockstep::base {

/// An immutable-by-sharing hash map: copying it costs one pointer, and an update shares all but the
/// path to the changed entry, so a snapshot of the catalog at every statement is affordable. A path
/// that nothing else shares is changed in place.
/// A hash array mapped trie of 32-way nodes; keys that share a whole hash are chained. A map and
/// its copies stay on one thread: their nodes count their owners without locks.
///
/// `find` and `edit` take whatever Hash accepts and a Key can be compared with. The lowest bits of
/// a hash say which entries share a node. std::hash of an integer is the integer itself: unless
/// Hash says `is_spread`, its bits are mixed. Iteration order depends on the hash only, never on
/// the order of insertion: sort before printing.
template <class Key, class Value, class Hash = std::hash<Key>> class PersistentMap {
public:
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// The value of `key`, or null.
  template <class K> [[nodiscard]] const Value *find(const K &key) const {
    const Node *node = root_.get();
    if (!node)
      return nullptr;
    const uint64_t hash = mix(Hash{}(key));
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
      if (!inner->has(slot))
        return nullptr;
      node = inner->children()[inner->indexOf(slot)].get();
    }
    return nullptr;
  }

  template <class K> [[nodiscard]] bool contains(const K &key) const { return find(key); }

  /// The value of `key` for changing it, or null. The reference is good until the map is used
  /// again.
  template <class K> [[nodiscard]] Value *edit(const K &key) {
    if (!find(key))
      return nullptr;
    const uint64_t hash = mix(Hash{}(key));
    Link *link = &root_;
    for (unsigned shift = 0;; shift += bits) {
      if (link->get()->is_leaf)
        break;
      Inner *inner = own<Inner>(*link);
      link = &inner->children()[inner->indexOf(slotOf(hash, shift))];
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
      const unsigned slot = slotOf(hash, shift);
      Inner *inner = ownWith(*link, slot);
      link = &inner->children()[inner->indexOf(slot)];
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

  /// Calls `visit(key)` for each key whose entry differs between the two, and perhaps for some
  /// whose entries are equal, also twice. What they share is not looked at.
  template <class Visit>
  static void compare(const PersistentMap &before, const PersistentMap &after, Visit &&visit) {
    compareNodes(before.root_.get(), after.root_.get(), visit);
  }

  friend bool operator==(const PersistentMap &a, const PersistentMap &b) {
    if (a.root_.get() == b.root_.get())
      return true;
    bool same = a.size_ == b.size_;
    if (same)
      a.forEach([&](const Key &key, const Value &value) {
        const Value *other = same ? b.find(key) : nullptr;
        same = other && *other == value;
      });
    return same;
  }

private:
  static constexpr unsigned bits = 5;

  struct Node {
    explicit Node(bool leaf) : is_leaf(leaf) {}
    Node(const Node &other) : is_leaf(other.is_leaf) {}
    Node &operator=(const Node &) = delete;
    mutable uint32_t owners = 0;
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
    [[nodiscard]] bool isShared() const { return node_->owners != 1; }

  private:
    void acquire() {
      if (node_)
        ++node_->owners;
    }
    void release() {
      if (!node_ || --node_->owners != 0)
        return;
      if (node_->is_leaf)
        delete static_cast<Leaf *>(node_);
      else
        Inner::destroy(static_cast<Inner *>(node_));
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

  /// std::popcount, which is a call where not every processor has an instruction for it.
  static size_t countBits(uint32_t bits_set) {
    bits_set -= (bits_set >> 1) & 0x55555555u;
    bits_set = (bits_set & 0x33333333u) + ((bits_set >> 2) & 0x33333333u);
    return (((bits_set + (bits_set >> 4)) & 0x0F0F0F0Fu) * 0x01010101u) >> 24;
  }

  /// The links to its children stand right behind it, one for each bit of `bitmap`.
  struct alignas(Link) Inner : Node {
    static Inner *make(uint32_t bitmap) {
      const size_t count = countBits(bitmap);
      auto *inner = new (::operator new(sizeof(Inner) + count * sizeof(Link))) Inner(bitmap);
      std::uninitialized_value_construct_n(inner->children(), count);
      return inner;
    }
    static void destroy(Inner *inner) {
      std::destroy_n(inner->children(), inner->count());
      inner->~Inner();
      ::operator delete(inner);
    }
    [[nodiscard]] Link *children() { return reinterpret_cast<Link *>(this + 1); }
    [[nodiscard]] const Link *children() const { return reinterpret_cast<const Link *>(this + 1); }
    [[nodiscard]] size_t count() const { return countBits(bitmap); }
    [[nodiscard]] bool has(unsigned slot) const { return (bitmap & (1u << slot)) != 0; }
    [[nodiscard]] size_t indexOf(unsigned slot) const {
      return countBits(bitmap & ((1u << slot) - 1));
    }

    const uint32_t bitmap;

  private:
    explicit Inner(uint32_t bits) : Node(false), bitmap(bits) {}
  };
  static_assert(sizeof(Inner) % alignof(Link) == 0);

  static unsigned slotOf(uint64_t hash, unsigned shift) {
    assert(shift < 65);
    return static_cast<unsigned>(hash >> shift) & 31u;
  }
  static uint64_t mix(uint64_t hash) {
    if constexpr (requires { Hash::is_spread; })
      return hash;
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return hash ^ (hash >> 33);
  }

  /// The node of `link`, copied first where others share it.
  template <class T> static T *own(Link &link) {
    if (link.isShared()) {
      const auto *shared = static_cast<const T *>(link.get());
      if constexpr (std::is_same_v<T, Inner>)
        replace(link, shared->bitmap);
      else
        link = Link(new T(*shared));
    }
    return static_cast<T *>(link.mutableNode());
  }

  /// Puts a node with these slots in the place of the inner node of `link`. The children of slots
  /// that both have go along; new ones are null.
  static Inner *replace(Link &link, uint32_t bitmap) {
    const bool shared = link.isShared();
    auto *old = static_cast<Inner *>(link.mutableNode());
    Inner *inner = Inner::make(bitmap);
    Link *to = inner->children();
    Link *from = old->children();
    for (uint32_t rest = bitmap | old->bitmap; rest != 0; rest &= rest - 1) {
      const uint32_t bit = rest & -rest;
      const bool both = (bitmap & old->bitmap & bit) != 0;
      if (both && shared)
        *to = *from;
      else if (both)
        *to = std::move(*from);
      to += (bitmap & bit) != 0 ? 1 : 0;
      from += (old->bitmap & bit) != 0 ? 1 : 0;
    }
    link = Link(inner);
    return inner;
  }

  /// The inner node of `link`, which no one else shares, with a child at `slot`, perhaps a null
  /// one.
  static Inner *ownWith(Link &link, unsigned slot) {
    const auto *inner = static_cast<const Inner *>(link.get());
    return inner->has(slot) ? own<Inner>(link) : replace(link, inner->bitmap | (1u << slot));
  }

  /// Puts an inner node with the leaf as its only child in the leaf's place.
  static void split(Link &link, unsigned shift) {
    Inner *inner = Inner::make(1u << slotOf(static_cast<const Leaf *>(link.get())->hash, shift));
    *inner->children() = std::move(link);
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
  template <class K>
  static void eraseBelow(Link &link, uint64_t hash, unsigned shift, const K &key) {
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
    Link &child = inner->children()[inner->indexOf(slot)];
    eraseBelow(child, hash, shift + bits, key);
    if (child)
      return;
    const uint32_t rest = inner->bitmap & ~(1u << slot);
    if (rest == 0)
      link = Link();
    else
      replace(link, rest);
  }

  template <class Visit> static void walk(const Node *node, Visit &visit) {
    if (!node)
      return;
    if (node->is_leaf) {
      for (const auto *leaf = static_cast<const Leaf *>(node); leaf; leaf = leaf->nextLeaf())
        visit(leaf->key, leaf->value);
      return;
    }
    const auto *inner = static_cast<const Inner *>(node);
    for (size_t i = 0, count = inner->count(); i < count; ++i)
      walk(inner->children()[i].get(), visit);
  }

  template <class Visit>
  static void compareNodes(const Node *before, const Node *after, Visit &visit) {
    if (before == after)
      return;
    if (!before || !after || before->is_leaf || after->is_leaf) {
      const auto visit_key = [&](const Key &key, const Value &) { visit(key); };
      walk(before, visit_key);
      walk(after, visit_key);
      return;
    }
    const auto *old_node = static_cast<const Inner *>(before);
    const auto *new_node = static_cast<const Inner *>(after);
    for (unsigned slot = 0; slot < 1u << bits; ++slot) {
      const Inner *nodes[] = {old_node, new_node};
      const Node *children[] = {nullptr, nullptr};
      for (size_t i = 0; i < 2; ++i)
        if (nodes[i]->has(slot))
          children[i] = nodes[i]->children()[nodes[i]->indexOf(slot)].get();
      compareNodes(children[0], children[1], visit);
    }
  }

  Link root_;
  size_t size_ = 0;
};

} // namespace lockstep::base
