#pragma once
#include <algorithm>
#include <compare>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace lockstep::base {

/// A vector of large items that its copies share, item by item: a copy costs one pointer, a change
/// of one item that item and a pointer for each of the others.
///
/// It reads as a vector of constants. What changes items names the ones that it changes: to look at
/// the others copies nothing.
template <class T> class SharedVector {
  using Items = std::vector<std::shared_ptr<T>>;

public:
  class const_iterator {
  public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T *;
    using reference = const T &;

    const_iterator() = default;
    explicit const_iterator(const std::shared_ptr<T> *at) : at_(at) {}
    reference operator*() const { return **at_; }
    pointer operator->() const { return at_->get(); }
    reference operator[](difference_type by) const { return *at_[by]; }
    const_iterator &operator+=(difference_type by) {
      at_ += by;
      return *this;
    }
    const_iterator &operator-=(difference_type by) { return *this += -by; }
    const_iterator &operator++() { return *this += 1; }
    const_iterator &operator--() { return *this -= 1; }
    const_iterator operator++(int) { return const_iterator(at_++); }
    const_iterator operator--(int) { return const_iterator(at_--); }
    friend const_iterator operator+(const_iterator it, difference_type by) { return it += by; }
    friend const_iterator operator+(difference_type by, const_iterator it) { return it += by; }
    friend const_iterator operator-(const_iterator it, difference_type by) { return it -= by; }
    friend difference_type operator-(const_iterator a, const_iterator b) { return a.at_ - b.at_; }
    friend bool operator==(const_iterator, const_iterator) = default;
    friend auto operator<=>(const_iterator, const_iterator) = default;

  private:
    const std::shared_ptr<T> *at_ = nullptr;
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
  [[nodiscard]] T &edit(size_t place) {
    std::shared_ptr<T> &item = ownItems()[place];
    if (item.use_count() != 1)
      item = std::make_shared<T>(*item);
    return *item;
  }
  /// The first item that is `wanted`, for changing it; null where there is none.
  template <class Wanted> [[nodiscard]] T *editFirst(Wanted &&wanted) {
    const auto found = std::find_if(begin(), end(), wanted);
    return found == end() ? nullptr : &edit(static_cast<size_t>(found - begin()));
  }
  /// Calls `change` with each item that is `wanted`.
  template <class Wanted, class Change> void editIf(Wanted &&wanted, Change &&change) {
    for (size_t place = 0; place < size(); ++place)
      if (wanted((*this)[place]))
        change(edit(place));
  }
  /// Gives `member` of each item the value that `update(item)` returns, where that is another one.
  template <class Member, class Update> void assignEach(Member T::*member, Update &&update) {
    for (size_t place = 0; place < size(); ++place) {
      const T &item = (*this)[place];
      Member value = update(item);
      if (!(value == item.*member))
        edit(place).*member = std::move(value);
    }
  }
  T &push_back(const T &item) { return push_back(T(item)); }
  T &push_back(T &&item) {
    return *ownItems(size() + 1).emplace_back(std::make_shared<T>(std::move(item)));
  }
  /// Removes the items for which `gone` holds.
  template <class Gone> void eraseIf(Gone &&gone) {
    if (std::any_of(begin(), end(), gone))
      std::erase_if(ownItems(), [&](const std::shared_ptr<T> &item) { return gone(*item); });
  }
  /// Room for so many items, which are about to be added.
  void reserve(size_t count) { ownItems().reserve(count); }

private:
  /// The list of items, not shared, with room for so many. The items may still be shared.
  Items &ownItems(size_t count = 0) {
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

} // namespace lockstep::base
