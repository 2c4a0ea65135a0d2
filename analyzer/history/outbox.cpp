#include "history/outbox.hpp"

#include <utility>

namespace lockstep {

void Outbox::add(Letter letter, size_t statements) {
  constexpr size_t most_statements = 256;
  letters_.push_back(std::move(letter));
  statements_ += statements;
  if (statements_ >= most_statements)
    flush();
}

void Outbox::file(FileReading reading) { add(std::move(reading), 0); }

void Outbox::passing(StatementStep step, std::shared_ptr<const FileLayout> layout) {
  add(Passing{std::move(step), std::move(layout)}, 1);
}

void Outbox::changeSet(std::shared_ptr<const ChangeSet> set, std::shared_ptr<const ChangeSet> up) {
  const size_t statements = set->statements.size() + 1;
  add(Complete{std::move(set), std::move(up)}, statements);
}

void Outbox::unreadable(std::string path, Error error) {
  add(Unreadable{std::move(path), std::move(error)}, 0);
}

void Outbox::flush() {
  for (const Letter &letter : letters_) {
    if (const auto *reading = std::get_if<FileReading>(&letter))
      sink_.file(*reading);
    else if (const auto *passing = std::get_if<Passing>(&letter))
      sink_.passing(passing->step);
    else if (const auto *complete = std::get_if<Complete>(&letter); complete && sink_.change_set)
      sink_.change_set(*complete->set);
    else if (const auto *lost = std::get_if<Unreadable>(&letter); lost && sink_.unreadable)
      sink_.unreadable(lost->path, lost->error);
  }
  letters_.clear();
  statements_ = 0;
}

} // namespace lockstep
