#pragma once
#include <algorithm>
#include <compare>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace lockstep {

/// A vector of large items that its copies share, item by item: a copy costs one pointer, a change
/// of one item that item and a pointer for each of the others. All access but through the members
/// that say so is for reading.
template <class T> class SharedVector {
  using Items = std::vector<std::shared_ptr<T>>;

  template <class Item, Item &(*get)(std::shared_ptr<T> &)> class Iterator {
  public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = Item *;
    using reference = Item &;

    Iterator() = default;
    explicit Iterator(std::shared_ptr<T> *at) : at_(at) {}
    reference operator*() const { return get(*at_); }
    pointer operator->() const { return &get(*at_); }
    reference operator[](difference_type by) const { return get(at_[by]); }
    Iterator &operator+=(difference_type by) {
      at_ += by;
      return *this;
    }
    Iterator &operator-=(difference_type by) { return *this += -by; }
    Iterator &operator++() { return *this += 1; }
    Iterator &operator--() { return *this -= 1; }
    Iterator operator++(int) { return Iterator(at_++); }
    Iterator operator--(int) { return Iterator(at_--); }
    friend Iterator operator+(Iterator it, difference_type by) { return it += by; }
    friend Iterator operator+(difference_type by, Iterator it) { return it += by; }
    friend Iterator operator-(Iterator it, difference_type by) { return it -= by; }
    friend difference_type operator-(Iterator a, Iterator b) { return a.at_ - b.at_; }
    friend bool operator==(Iterator, Iterator) = default;
    friend auto operator<=>(Iterator, Iterator) = default;

  private:
    std::shared_ptr<T> *at_ = nullptr;
  };

  static const T &read(std::shared_ptr<T> &item) { return *item; }
  static T &own(std::shared_ptr<T> &item) {
    if (item.use_count() != 1)
      item = std::make_shared<T>(*item);
    return *item;
  }

public:
  using value_type = T;
  using const_iterator = Iterator<const T, read>;
  using iterator = Iterator<T, own>; ///< An item is copied when it is looked at, if it is shared.

  SharedVector() = default;
  SharedVector(std::vector<T> items) {
    reserve(items.size());
    for (T &item : items)
      push_back(std::move(item));
  }
  SharedVector(std::initializer_list<T> items) : SharedVector(std::vector<T>(items)) {}

  [[nodiscard]] size_t size() const { return items_ ? items_->size() : 0; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] const_iterator begin() const {
    return items_ ? const_iterator(items_->data()) : const_iterator();
  }
  [[nodiscard]] const_iterator end() const { return begin() + static_cast<std::ptrdiff_t>(size()); }
  [[nodiscard]] const T &operator[](size_t place) const { return *(*items_)[place]; }
  [[nodiscard]] const T &front() const { return *items_->front(); }
  [[nodiscard]] const T &back() const { return *items_->back(); }

  /// An item for changing it.
  [[nodiscard]] T &edit(size_t place) { return own(editItems()[place]); }
  /// The first item that is `wanted`, for changing it; null where there is none.
  template <class Wanted> [[nodiscard]] T *editFirst(Wanted &&wanted) {
    const auto found = std::find_if(begin(), end(), wanted);
    return found == end() ? nullptr : &edit(static_cast<size_t>(found - begin()));
  }
  struct Edited {
    iterator first;
    iterator last;
    [[nodiscard]] iterator begin() const { return first; }
    [[nodiscard]] iterator end() const { return last; }
  };
  /// All items for changing them, until one is added or removed.
  [[nodiscard]] Edited edit() {
    if (empty())
      return {};
    Items &items = editItems();
    return {iterator(items.data()), iterator(items.data() + items.size())};
  }
  T &push_back(const T &item) { return push_back(T(item)); }
  T &push_back(T &&item) {
    return *editItems(size() + 1).emplace_back(std::make_shared<T>(std::move(item)));
  }
  /// Removes the items for which `gone` holds.
  template <class Gone> void eraseIf(Gone &&gone) {
    if (std::any_of(begin(), end(), gone))
      std::erase_if(editItems(), [&](const std::shared_ptr<T> &item) { return gone(*item); });
  }
  /// Room for so many items, which are about to be added.
  void reserve(size_t count) { editItems().reserve(count); }

private:
  /// The items, not shared, with room for so many.
  Items &editItems(size_t count = 0) {
    if (items_ && items_.use_count() == 1)
      return *items_;
    auto own = std::make_shared<Items>();
    own->reserve(std::max(size(), count));
    if (items_)
      own->assign(items_->begin(), items_->end());
    items_ = std::move(own);
    return *items_;
  }

  std::shared_ptr<Items> items_; ///< Null: none.
};

} // namespace lockstep
