#include "ddl/sequence.hpp"

namespace lockstep::ddl {

std::string sequenceOptions(const SequenceInfo &sequence) {
  std::string text;
  for (const Option &option : sequence.options) {
    const std::string &name = option.name, &value = option.value;
    if (name == "start")
      text += " START WITH " + value;
    else if (name == "increment")
      text += " INCREMENT BY " + value;
    else if (name == "minvalue")
      text += value.empty() ? " NO MINVALUE" : " MINVALUE " + value;
    else if (name == "maxvalue")
      text += value.empty() ? " NO MAXVALUE" : " MAXVALUE " + value;
    else if (name == "cache")
      text += " CACHE " + value;
    else if (name == "cycle")
      text += value == "false" ? " NO CYCLE" : " CYCLE";
  }
  return text;
}

SqlStatement createSequence(const Relation &sequence) {
  if (!sequence.sequence || sequence.sequence->is_identity)
    return {};
  const SequenceInfo &info = *sequence.sequence;
  std::string text = sequence.persistence == Persistence::unlogged ? "CREATE UNLOGGED SEQUENCE "
                                                                   : "CREATE SEQUENCE ";
  text += sequence.qualifiedName();
  if (!info.type.empty() && info.type.name != "int8")
    text += " AS " + sqlType(info.type);
  return {text + sequenceOptions(info), sequence.search_path};
}

SqlStatements setSequenceOwner(const Catalog &catalog, const Relation &sequence) {
  if (!sequence.sequence || sequence.sequence->is_identity)
    return {};
  const Relation *table = catalog.relation(sequence.sequence->owner);
  if (!table)
    return {};
  return {"ALTER SEQUENCE " + sequence.qualifiedName() + " OWNED BY " + table->qualifiedName() +
          "." + quoteIdentifier(sequence.sequence->owner_column)};
}

} // namespace lockstep::ddl
