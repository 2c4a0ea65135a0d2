#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "report/formats/effects_json.hpp"
#include "report/formats/effects_text.hpp"

namespace lockstep::cli {

int effectsCommand(const Tool &tool, Words words) {
  Parsed<EffectsArguments> parsed = parseEffects(words);
  if (!parsed.arguments)
    return parsed.status;
  const EffectsArguments &arguments = *parsed.arguments;
  std::optional<Session> session = openSession(arguments.input);
  if (!session)
    return 2;
  EffectsOutcome outcome;
  for (Project &project : session->projects()) {
    Result<EffectsOutcome> one = project.effects();
    if (!one) {
      complain(one.error().message);
      return 2;
    }
    outcome.result.postgres = one->result.postgres;
    merge(outcome, std::move(*one));
  }
  ReportContext context = reportContext(tool);
  context.color = wantsColor(arguments.input.color);
  const Channel people = context.color ? Channel::terminal : Channel::text;
  bool written = arguments.format == EffectsFormat::json
                     ? writeOut(Channel::json, renderEffectsJson(outcome.result, context))
                     : writeOut(people, renderEffectsText(outcome.result, context));
  return complainAbout(outcome.reach, arguments.input) || !written ? 2 : 0;
}

} // namespace lockstep::cli
