#include "eval/blame.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "doc/record_json.h"
#include "eval/gold_outline.h"
#include "eval/observe.h"
#include "eval/report.h"
#include "eval/text_score.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr std::array kStages = {BlamedStage::kOcr, BlamedStage::kRepairMissed, BlamedStage::kRepairHarmed,
                                BlamedStage::kSegment, BlamedStage::kExtract};
constexpr double kSameAction = 0.7;

using Keys = std::set<std::pair<std::string, std::string>>;  // part and key of wrong values

Keys KeysOf(const std::vector<WrongValue>& wrong) {
  Keys out;
  for (const WrongValue& w : wrong) out.emplace(w.part, w.key);
  return out;
}

class Trial {
 public:
  Trial(const EvalDocument& document, const EvalModels& models) : document_(document), models_(models) {}

  Result<std::vector<WrongValue>> OfText(const DocumentText& text) const { return Wrong(Describe(text, models_)); }

  Result<std::vector<WrongValue>> OfGoldOutline() {
    const DocumentText text = FromPlainText(document_.gold_text);
    Result<Outline> outline = GoldOutline(Segment(text, models_.segment), document_.gold_record);
    if (!outline) return outline.error();
    Record record;
    Extract(text, *outline, models_.extract, {}, record);
    outline_ = std::move(*outline);
    return Wrong(ToJson(record));
  }

  // Whether some paragraph or cell is the task's. REQUIRES: OfGoldOutline was called.
  bool HasParagraph(const std::string& action) const {
    const auto is = [&](const Block& block) { return Overlap(block.text, action) >= kSameAction; };
    return std::any_of(outline_.blocks.begin(), outline_.blocks.end(), [&](const Block& block) {
      return is(block) || std::any_of(block.cells.begin(), block.cells.end(), is);
    });
  }

 private:
  Result<std::vector<WrongValue>> Wrong(const std::string& json) const {
    Result<RecordScore> score = ScoreRecord(document_.gold_record, json);
    if (!score) return Error{score.error().code, document_.id + ": " + score.error().message};
    return std::move(score->wrong);
  }

  const EvalDocument& document_;
  const EvalModels& models_;
  Outline outline_;
};

// The true text of each run of wrong syllables, in the place of what was observed of it.
std::vector<TextEdit> TrueEdits(const std::string& gold_text, const std::vector<Syllable>& gold,
                                const std::vector<Syllable>& observed, const std::vector<AlignedPair>& pairs) {
  std::vector<TextEdit> edits;
  for (std::size_t begin = 0; begin < pairs.size();) {
    std::size_t end = begin;
    while (end < pairs.size() && !pairs[end].same) ++end;
    if (end == begin) {
      ++begin;
      continue;
    }
    // Each true syllable goes to the observed one beside it; what was observed of nothing goes.
    std::vector<TextEdit> run;
    std::string waiting;
    for (std::size_t i = begin; i < end; ++i) {
      const std::string truth =
          pairs[i].gold < 0 ? "" : std::string(gold[static_cast<std::size_t>(pairs[i].gold)].span.In(gold_text));
      if (pairs[i].other >= 0) {
        run.push_back({observed[static_cast<std::size_t>(pairs[i].other)].span, waiting + truth});
        waiting.clear();
      } else if (!run.empty()) {
        run.back().after += (run.back().after.empty() ? "" : " ") + truth;
      } else {
        waiting += truth + " ";
      }
    }
    edits.insert(edits.end(), run.begin(), run.end());
    begin = end;
  }
  return edits;
}

std::string CutTo(const std::string& text, std::size_t code_points) {
  const std::u32string c = CodePoints(text);
  return c.size() <= code_points ? text : ToUtf8(c.substr(0, code_points)) + "…";
}

}  // namespace

const char* ToString(BlamedStage stage) {
  constexpr std::array kNames = {"ocr", "repair-missed", "repair-harmed", "segment", "extract"};
  return kNames[static_cast<std::size_t>(stage)];
}

RecoveredDocument PerfectRecovery(const Document& observed, const std::string& gold_text) {
  const std::string raw = RawText(observed), gold = ToNfc(gold_text);
  const std::vector<Syllable> right = Syllables(gold), seen = Syllables(raw);
  const std::vector<TextEdit> edits = TrueEdits(gold, right, seen, AlignSyllables(right, seen));
  RecoveredDocument out;
  std::size_t next = 0;
  std::uint32_t base = 0;
  for (const Page& page : observed.pages) {
    const auto size = static_cast<std::uint32_t>(page.raw.size());
    std::vector<TextEdit> own;
    for (; next < edits.size() && edits[next].source_span.end <= base + size; ++next) {
      const ByteSpan span = edits[next].source_span;
      own.push_back({{span.begin - base, span.end - base}, edits[next].after});
    }
    RecoveredPage& to = out.pages.emplace_back();
    to.layer = *TextLayer::Apply(page.raw, own);
    for (const Line& line : page.lines) {
      to.lines.push_back(
          {.text_span = to.layer.ToResult(line.raw_span), .box = line.box, .style = line.style, .tokens = {}});
    }
    base += size + 1;  // the form feed
  }
  return out;
}

Result<std::vector<Blame>> BlameDocument(const EvalDocument& document, const std::string& kind,
                                         const EvalModels& models, const EvalOptions& options) {
  std::vector<Blame> out;
  if (document.gold_record.empty()) return out;
  const Result<Document> observed = ObserveAs(document, kind, options);
  if (!observed) return observed.error();
  RepairScratch scratch;
  const RecoveredDocument recovered = Repair(*observed, models.repair, scratch, {});

  Trial trial(document, models);
  const Result<std::vector<WrongValue>> wrong = trial.OfText(JoinPages(*observed, recovered));
  const Result<std::vector<WrongValue>> unrecovered = trial.OfText(JoinPages(*observed, Unrecovered(*observed)));
  const Result<std::vector<WrongValue>> perfect =
      trial.OfText(JoinPages(*observed, PerfectRecovery(*observed, document.gold_text)));
  const Result<std::vector<WrongValue>> gold_text = trial.OfText(FromPlainText(document.gold_text));
  const Result<std::vector<WrongValue>> gold_outline = trial.OfGoldOutline();
  for (const auto* result : {&wrong, &unrecovered, &perfect, &gold_text, &gold_outline}) {
    if (!*result) return result->error();
  }
  const Keys with_nothing = KeysOf(*unrecovered), with_perfect = KeysOf(*perfect), with_text = KeysOf(*gold_text),
             with_outline = KeysOf(*gold_outline);
  const Result<std::map<std::string, std::string>> actions = ActionsByKey(document.gold_record);
  if (!actions) return actions.error();
  const bool recognised = kind.find(':') != std::string::npos || document.observed.has_value();
  for (const WrongValue& value : *wrong) {
    const std::pair<std::string, std::string> key{value.part, value.key};
    const auto action = actions->find(value.key);
    Blame blame{.document = document.id, .kind = kind, .stage = BlamedStage::kExtract, .value = value};
    if (!with_text.contains(key)) {
      blame.stage = !with_nothing.contains(key)                  ? BlamedStage::kRepairHarmed
                    : !with_perfect.contains(key) || !recognised ? BlamedStage::kRepairMissed
                                                                 : BlamedStage::kOcr;
    } else if (!with_outline.contains(key) || (action != actions->end() && !trial.HasParagraph(action->second))) {
      blame.stage = BlamedStage::kSegment;
    }
    out.push_back(std::move(blame));
  }
  return out;
}

Result<std::vector<Blame>> BlameSet(const EvalSet& set, const EvalModels& models, const EvalOptions& options) {
  std::vector<Blame> out;
  const bool pair = !set.documents.empty() && set.documents.front().observed.has_value();
  for (const std::string& kind : pair ? std::vector<std::string>{"pair"} : options.kinds) {
    std::vector<std::vector<Blame>> found(set.documents.size());
    std::optional<Error> failure;
    std::mutex mutex;
    std::size_t done = 0;
    InParallel(set.documents.size(), options.threads, [&](std::size_t i) {
      Result<std::vector<Blame>> blames = BlameDocument(set.documents[i], kind, models, options);
      const std::lock_guard lock(mutex);
      if (blames)
        found[i] = std::move(*blames);
      else if (blames.error().code != ErrorCode::kNotFound)
        failure = blames.error();
      ++done;
      if (options.progress) options.progress(set.name + " " + kind, done, set.documents.size());
    });
    if (failure) return *failure;
    for (const auto& blames : found) out.insert(out.end(), blames.begin(), blames.end());
  }
  return out;
}

std::string BlameTable(const std::vector<Blame>& blames, int examples) {
  std::map<std::pair<std::string, BlamedStage>, std::vector<const Blame*>> cells;
  for (const Blame& b : blames) cells[{b.value.part, b.stage}].push_back(&b);
  const auto count = [&](const std::string& part, BlamedStage stage) -> std::size_t {
    const auto found = cells.find({part, stage});
    return found == cells.end() ? 0 : found->second.size();
  };
  std::vector<std::vector<std::string>> table = {{"wrong values"}};
  for (const BlamedStage stage : kStages) table[0].push_back(ToString(stage));
  table[0].push_back("all");
  std::vector<std::size_t> sums(kStages.size() + 1);
  for (const std::string& part : RecordParts()) {
    std::vector<std::string> row = {part};
    std::size_t all = 0;
    for (std::size_t s = 0; s < kStages.size(); ++s) {
      const std::size_t n = count(part, kStages[s]);
      row.push_back(n > 0 ? std::to_string(n) : ".");
      sums[s] += n;
      all += n;
    }
    sums.back() += all;
    row.push_back(std::to_string(all));
    table.push_back(std::move(row));
  }
  std::vector<std::string> last = {"all"};
  for (const std::size_t n : sums) last.push_back(std::to_string(n));
  table.push_back(std::move(last));
  std::string out = Columns(table);
  if (examples <= 0) return out;

  // What brings most first.
  std::vector<std::pair<std::pair<std::string, BlamedStage>, const std::vector<const Blame*>*>> order;
  for (const auto& [cell, list] : cells) order.emplace_back(cell, &list);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.second->size() > b.second->size(); });
  for (const auto& [cell, list] : order) {
    out += "\n" + std::string(ToString(cell.second)) + ", " + cell.first + ": " + std::to_string(list->size()) + "\n";
    const std::size_t step =
        std::max<std::size_t>(1, list->size() / static_cast<std::size_t>(examples));  // from all documents
    for (std::size_t i = 0, shown = 0; i < list->size() && shown < static_cast<std::size_t>(examples);
         i += step, ++shown) {
      const Blame& b = *(*list)[i];
      out += "  " + b.document + " " + b.kind + "  " + CutTo(b.value.key, 60) + "  gold \"" + CutTo(b.value.gold, 70) +
             "\"  given \"" + CutTo(b.value.given, 70) + "\"\n";
    }
  }
  return out;
}

std::string BlameToJson(const std::vector<Blame>& blames) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const Blame& b : blames) {
    list.push_back({{"document", b.document},
                    {"kind", b.kind},
                    {"stage", ToString(b.stage)},
                    {"part", b.value.part},
                    {"key", b.value.key},
                    {"gold", b.value.gold},
                    {"given", b.value.given}});
  }
  return Json{{"schema", "hoidau-blame/1"}, {"wrong", list}}.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace hoidau
