#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "report/effects_report.hpp"
#include "rules/registry.hpp"

namespace lockstep {

int effectsCommand(const Tool &tool, Words words) {
  Parsed<EffectsArguments> parsed = parseEffects(words);
  if (!parsed.arguments)
    return parsed.status;
  const EffectsArguments &arguments = *parsed.arguments;
  Result<std::vector<InputGroup>> groups = groupInput(arguments.input, allRules());
  if (!groups) {
    complain(groups.error().message);
    return 2;
  }
  EffectsOutcome outcome;
  for (const InputGroup &group : *groups) {
    Result<EffectsOutcome> one = runEffects(group.settings, group.scope);
    if (!one) {
      complain(one.error().message);
      return 2;
    }
    outcome.result.postgres = one->result.postgres;
    merge(outcome, std::move(*one));
  }
  ReportContext context = reportContext(tool);
  context.color = wantsColor(arguments.input.color);
  bool written = writeOut(arguments.format == EffectsFormat::json
                              ? renderEffectsJson(outcome.result, context)
                              : renderEffectsText(outcome.result, context));
  return complainAbout(outcome.reach, arguments.input) || !written ? 2 : 0;
}

} // namespace lockstep
