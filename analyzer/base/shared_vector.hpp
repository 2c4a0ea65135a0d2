#pragma once
#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace lockstep::base {

/// A vector that its copies share, item by item: a copy costs one pointer, a change of one item
/// that item and a few dozen pointers for each level of the tree that the items stand in. Thousands
/// of snapshots of a table with thousands of parts are affordable so.
///
/// It reads as a vector of constants. What changes items names the ones that it changes: to look at
/// the others copies nothing.
template <class T> class SharedVector {
  /// Small values stand in the tree themselves.
  static constexpr bool by_value = std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(void *);
  using Item = std::conditional_t<by_value, T, std::shared_ptr<T>>;
  static constexpr size_t fanout = 32;

  struct Node;
  using Link = std::shared_ptr<Node>;

  /// A leaf has items, an inner node children, all of the level below.
  struct Node {
    size_t count = 0; ///< Items below.
    unsigned level = 0;
    std::vector<Item> items;
    std::vector<Link> children;
  };

  static const T &valueOf(const Item &item) {
    if constexpr (by_value)
      return item;
    else
      return *item;
  }

public:
  class const_iterator {
  public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T *;
    using reference = const T &;

    const_iterator() = default;
    reference operator*() const { return valueOf(*at_); }
    pointer operator->() const { return &valueOf(*at_); }
    reference operator[](difference_type by) const { return *(*this + by); }
    const_iterator &operator+=(difference_type by) {
      place_ = static_cast<size_t>(static_cast<difference_type>(place_) + by);
      find();
      return *this;
    }
    const_iterator &operator-=(difference_type by) { return *this += -by; }
    const_iterator &operator++() {
      ++place_;
      if (++at_ == end_)
        find();
      return *this;
    }
    const_iterator &operator--() { return *this -= 1; }
    const_iterator operator++(int) {
      const_iterator before = *this;
      ++*this;
      return before;
    }
    const_iterator operator--(int) {
      const_iterator before = *this;
      --*this;
      return before;
    }
    friend const_iterator operator+(const_iterator it, difference_type by) { return it += by; }
    friend const_iterator operator+(difference_type by, const_iterator it) { return it += by; }
    friend const_iterator operator-(const_iterator it, difference_type by) { return it -= by; }
    friend difference_type operator-(const const_iterator &a, const const_iterator &b) {
      return static_cast<difference_type>(a.place_) - static_cast<difference_type>(b.place_);
    }
    friend bool operator==(const const_iterator &a, const const_iterator &b) {
      return a.place_ == b.place_ && a.root_ == b.root_;
    }
    friend auto operator<=>(const const_iterator &a, const const_iterator &b) {
      return a.place_ <=> b.place_;
    }

  private:
    friend class SharedVector;
    const_iterator(const Node *root, size_t place) : root_(root), place_(place) { find(); }

    void find() {
      at_ = end_ = nullptr;
      if (!root_ || place_ >= root_->count)
        return;
      size_t place = place_;
      const Node *leaf = leafOf(root_, place);
      at_ = leaf->items.data() + place;
      end_ = leaf->items.data() + leaf->items.size();
    }

    const Node *root_ = nullptr;
    size_t place_ = 0;
    const Item *at_ = nullptr;  ///< Of the leaf that it stands in.
    const Item *end_ = nullptr; ///< The leaf's.
  };
  using iterator = const_iterator;
  using value_type = T;

  SharedVector() = default;
  SharedVector(std::vector<T> items) {
    reserve(items.size());
    for (T &item : items)
      push_back(std::move(item));
  }
  SharedVector(std::initializer_list<T> items) : SharedVector(std::vector<T>(items)) {}

  [[nodiscard]] size_t size() const { return root_ ? root_->count : 0; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  explicit operator bool() const { return !empty(); }
  [[nodiscard]] const_iterator begin() const { return {root_.get(), 0}; }
  [[nodiscard]] const_iterator end() const { return {root_.get(), size()}; }
  [[nodiscard]] const T &operator[](size_t place) const {
    const Node *leaf = leafOf(root_.get(), place);
    return valueOf(leaf->items[place]);
  }
  [[nodiscard]] const T &front() const { return (*this)[0]; }
  [[nodiscard]] const T &back() const { return (*this)[size() - 1]; }

  /// An item for changing it.
  [[nodiscard]] T &edit(size_t place) {
    Node *node = own(root_);
    while (node->level > 0)
      node = own(node->children[childOf(*node, place)]);
    Item &item = node->items[place];
    if constexpr (by_value) {
      return item;
    } else {
      if (item.use_count() != 1)
        item = std::make_shared<T>(*item);
      return *item;
    }
  }
  /// The first item that is `wanted`, for changing it; null where there is none.
  template <class Wanted> [[nodiscard]] T *editFirst(Wanted &&wanted) {
    const auto found = std::find_if(begin(), end(), wanted);
    return found == end() ? nullptr : &edit(found.place_);
  }
  /// Calls `change` with each item that is `wanted`.
  template <class Wanted, class Change> void editIf(Wanted &&wanted, Change &&change) {
    // What is edited meanwhile leaves the nodes that this goes through where they are: they are
    // changed in place, or others hold them.
    const_iterator at = begin();
    for (size_t place = 0, all = size(); place < all; ++place, ++at)
      if (wanted(*at))
        change(edit(place));
  }
  /// Calls `change` with each item: all are copied.
  template <class Change> void editEach(Change &&change) {
    editIf([](const T &) { return true; }, change);
  }
  /// Gives `member` of each item the value that `update(item)` returns, where that is another one.
  template <class Member, class Object, class Update>
  void assignEach(Member Object::*member, Update &&update) {
    const_iterator at = begin();
    for (size_t place = 0, all = size(); place < all; ++place, ++at) {
      Member value = update(*at);
      if (!(value == (*at).*member))
        edit(place).*member = std::move(value);
    }
  }
  T &push_back(const T &item) { return push_back(T(item)); }
  T &push_back(T &&item) {
    if (!root_)
      root_ = std::make_shared<Node>();
    Item kept = [&] {
      if constexpr (by_value)
        return item;
      else
        return std::make_shared<T>(std::move(item));
    }();
    if (Link more = append(root_, std::move(kept))) {
      auto root = std::make_shared<Node>();
      root->level = root_->level + 1;
      root->count = root_->count + more->count;
      root->children = {std::move(root_), std::move(more)};
      root_ = std::move(root);
    }
    return edit(size() - 1);
  }
  template <class Items> void append(const Items &items) {
    for (const T &item : items)
      push_back(item);
  }
  /// Removes the items for which `gone` holds.
  template <class Gone> void eraseIf(Gone &&gone) {
    if (!root_ || !hasAny(*root_, gone))
      return;
    eraseBelow(root_, gone);
    while (root_->level > 0 && root_->children.size() == 1)
      root_ = Link(root_->children.front());
    if (root_->count == 0)
      root_.reset();
  }
  void clear() { root_.reset(); }
  /// Room for so many items, which are about to be added to an empty vector.
  void reserve(size_t count) {
    if (!root_ && count > 0) {
      root_ = std::make_shared<Node>();
      root_->items.reserve(std::min(count, fanout));
    }
  }

  friend bool operator==(const SharedVector &a, const SharedVector &b) {
    return a.root_ == b.root_ ||
           (a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin()));
  }

  /// True for a copy of which neither was changed since.
  [[nodiscard]] bool isSame(const SharedVector &other) const { return root_ == other.root_; }

  /// Calls `removed` for items of `before` and `added` for items of `after`, for all that the two
  /// do not share, and perhaps for some that they do: for these it calls both. What they share of
  /// the tree is not looked at.
  template <class Removed, class Added>
  static void compare(const SharedVector &before, const SharedVector &after, Removed &&removed,
                      Added &&added) {
    compareNodes(before.root_.get(), after.root_.get(), removed, added);
  }

private:
  /// The leaf with item number `place`, which then counts from the leaf's first one.
  static const Node *leafOf(const Node *node, size_t &place) {
    while (node->level > 0)
      node = node->children[childOf(*node, place)].get();
    return node;
  }
  static size_t childOf(const Node &node, size_t &place) {
    size_t child = 0;
    for (; place >= node.children[child]->count; ++child)
      place -= node.children[child]->count;
    return child;
  }
  /// The node of `link`, copied first where others share it.
  static Node *own(Link &link) {
    if (link.use_count() != 1)
      link = std::make_shared<Node>(*link);
    return link.get();
  }
  /// Adds the item at the end; where there is no room, a node of the same level that has it.
  static Link append(Link &link, Item item) {
    if (link->level == 0 && link->items.size() < fanout) {
      Node *leaf = own(link);
      leaf->items.push_back(std::move(item));
      ++leaf->count;
      return nullptr;
    }
    auto sibling = std::make_shared<Node>();
    sibling->level = link->level;
    sibling->count = 1;
    if (link->level == 0) {
      sibling->items.push_back(std::move(item));
      return sibling;
    }
    Node *inner = own(link);
    Link more = append(inner->children.back(), std::move(item));
    if (more && inner->children.size() == fanout) {
      sibling->children.push_back(std::move(more));
      return sibling;
    }
    if (more)
      inner->children.push_back(std::move(more));
    ++inner->count;
    return nullptr;
  }
  template <class Gone> static bool hasAny(const Node &node, Gone &gone) {
    if (node.level == 0)
      return std::any_of(node.items.begin(), node.items.end(),
                         [&](const Item &item) { return gone(valueOf(item)); });
    return std::any_of(node.children.begin(), node.children.end(),
                       [&](const Link &child) { return hasAny(*child, gone); });
  }
  template <class Gone> static void eraseBelow(Link &link, Gone &gone) {
    Node *node = own(link);
    node->count = 0;
    if (node->level == 0) {
      std::erase_if(node->items, [&](const Item &item) { return gone(valueOf(item)); });
      node->count = node->items.size();
      return;
    }
    for (Link &child : node->children) {
      if (hasAny(*child, gone))
        eraseBelow(child, gone);
      node->count += child->count;
    }
    std::erase_if(node->children, [](const Link &child) { return child->count == 0; });
  }

  template <class Visit> static void visitAll(const Node &node, Visit &visit) {
    for (const Item &item : node.items)
      visit(valueOf(item));
    for (const Link &child : node.children)
      visitAll(*child, visit);
  }
  /// What two lists have besides what they begin and end with alike.
  template <class List> static auto middles(const List &a, const List &b) {
    auto [from_a, from_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    auto to_a = a.end();
    auto to_b = b.end();
    while (to_a != from_a && to_b != from_b && *std::prev(to_a) == *std::prev(to_b)) {
      --to_a;
      --to_b;
    }
    return std::array{std::pair(from_a, to_a), std::pair(from_b, to_b)};
  }
  template <class Removed, class Added>
  static void compareNodes(const Node *before, const Node *after, Removed &removed, Added &added) {
    if (before == after)
      return;
    if (!before || !after) {
      if (before)
        visitAll(*before, removed);
      if (after)
        visitAll(*after, added);
      return;
    }
    if (before->level < after->level) {
      compareNodes(before, after->children.front().get(), removed, added);
      for (size_t i = 1; i < after->children.size(); ++i)
        visitAll(*after->children[i], added);
      return;
    }
    if (before->level > after->level) {
      compareNodes(before->children.front().get(), after, removed, added);
      for (size_t i = 1; i < before->children.size(); ++i)
        visitAll(*before->children[i], removed);
      return;
    }
    if (before->level == 0) {
      auto [old_items, new_items] = middles(before->items, after->items);
      for (; old_items.first != old_items.second; ++old_items.first)
        removed(valueOf(*old_items.first));
      for (; new_items.first != new_items.second; ++new_items.first)
        added(valueOf(*new_items.first));
      return;
    }
    auto [old_children, new_children] = middles(before->children, after->children);
    while (old_children.first != old_children.second || new_children.first != new_children.second) {
      const bool is_old = old_children.first != old_children.second;
      const bool is_new = new_children.first != new_children.second;
      compareNodes(is_old ? old_children.first->get() : nullptr,
                   is_new ? new_children.first->get() : nullptr, removed, added);
      old_children.first += is_old ? 1 : 0;
      new_children.first += is_new ? 1 : 0;
    }
  }

  Link root_; ///< Null: none.
};

} // namespace lockstep::base
