#include "eval/record_score.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "eval/text_score.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kSameTitle = 0.8, kSameUnit = 0.8, kSameAction = 0.7, kSameEvent = 0.7, kSameItem = 0.7;
constexpr std::size_t kShown = 90;  // code points of a value that a report shows

// --- Texts as they are compared ----------------------------------------------------------------------------------

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Without case, with white space and tone placement folded, blanks off dashes, punctuation off the ends.
std::string Norm(std::string_view text) {
  const std::u32string folded = CodePoints(FoldSpace(ToLower(FoldTonePlacement(ToNfc(text)))));
  constexpr std::u32string_view kTrimmed = U" .;:,-–\"“”";
  const auto trimmed = [&](char32_t c) { return kTrimmed.find(c) != std::u32string_view::npos; };
  const auto begin = std::find_if_not(folded.begin(), folded.end(), trimmed);
  const auto end = std::find_if_not(folded.rbegin(), std::make_reverse_iterator(begin), trimmed).base();
  std::string out = ToUtf8(std::u32string(begin, end));
  ReplaceAll(out, "–", "-");
  ReplaceAll(out, " -", "-");
  ReplaceAll(out, "- ", "-");
  ReplaceAll(out, "ubnd", "ủy ban nhân dân");
  ReplaceAll(out, "hđnd", "hội đồng nhân dân");
  ReplaceAll(out, "mttq", "mặt trận tổ quốc");
  return FoldTonePlacement(out);
}

using Bag = std::vector<std::string>;  // sorted

Bag BagOf(std::string_view text) {
  Bag out;
  const std::string norm = Norm(text);
  for (Syllable& s : Syllables(norm)) out.push_back(std::move(s.text));
  if (out.empty() && !norm.empty()) out.push_back(norm);  // "%" alone
  std::sort(out.begin(), out.end());
  return out;
}

double Dice(const Bag& a, const Bag& b) {
  Bag both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(std::max<std::size_t>(1, a.size() + b.size()));
}

// --- JSON --------------------------------------------------------------------------------------------------------

const Json& Null() {
  static const Json null;
  return null;
}

const Json& At(const Json& object, std::string_view key) {
  if (!object.is_object()) return Null();
  const auto found = object.find(key);
  return found == object.end() ? Null() : *found;
}

const Json& List(const Json& object, std::string_view key) {
  static const Json kEmpty = Json::array();
  const Json& list = At(object, key);
  return list.is_array() ? list : kEmpty;
}

bool IsEmpty(const Json& value) { return value.is_null() || value == "" || (value.is_array() && value.empty()); }

std::string Text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array() || value.is_object()) {  // the values alone
    std::string out;
    for (const Json& item : value) out += Text(item) + " ";
    return out;
  }
  return value.is_null() ? "" : value.dump();
}

std::string Shown(const Json& value) {
  std::string text =
      value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
  const CodePointIndex index(text);
  if (index.ToCodePoint(static_cast<std::uint32_t>(text.size())) > kShown)
    text = text.substr(0, index.ToByte(kShown)) + "…";
  return text;
}

bool Truthy(const Json& value) { return value.is_boolean() ? value.get<bool>() : !IsEmpty(value); }

// --- Matching ----------------------------------------------------------------------------------------------------

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

// One to one, best first.
Pairs Match(std::size_t gold, std::size_t given, const std::function<double(std::size_t, std::size_t)>& likeness,
            double least) {
  std::vector<std::tuple<double, std::size_t, std::size_t>> candidates;
  for (std::size_t i = 0; i < gold; ++i) {
    for (std::size_t j = 0; j < given; ++j) {
      if (const double s = likeness(i, j); s >= least) candidates.emplace_back(s, i, j);
    }
  }
  std::sort(candidates.rbegin(), candidates.rend());
  std::set<std::size_t> gold_taken, given_taken;
  Pairs out;
  for (const auto& [s, i, j] : candidates) {
    if (gold_taken.contains(i) || given_taken.contains(j)) continue;
    gold_taken.insert(i);
    given_taken.insert(j);
    out.emplace_back(i, j);
  }
  return out;
}

std::vector<Bag> Bags(const Json& list, std::string_view key) {
  std::vector<Bag> out;
  for (const Json& item : list) out.push_back(BagOf(Text(key.empty() || !item.is_object() ? item : At(item, key))));
  return out;
}

Pairs MatchBags(const std::vector<Bag>& gold, const std::vector<Bag>& given, double least) {
  return Match(
      gold.size(), given.size(), [&](std::size_t i, std::size_t j) { return Dice(gold[i], given[j]); }, least);
}

// The task's id, made unique.
std::string KeyOfTask(const Json& tasks, std::size_t i) {
  const std::string id = Text(At(tasks[i], "id"));
  int same = 0;
  for (std::size_t k = 0; k < i; ++k) same += Text(At(tasks[k], "id")) == id;
  return same == 0 ? id : id + "~" + std::to_string(same + 1);
}

// --- The parts ---------------------------------------------------------------------------------------------------

class Scorer {
 public:
  Scorer(const Json& gold, const Json& given) : gold_(gold), given_(given) {}

  RecordScore Run() {
    ScoreMetadata();
    ScoreSections();
    ScoreTasks();
    ScoreMultiset("dates", "dates", [](const Json& d) { return Text(At(d, "kind")) + " " + Shown(At(d, "value")); });
    ScoreMultiset("dates_in_name", "dates", [](const Json& d) {
      return Text(At(d, "kind")) + " " + Shown(At(d, "value")) + (Truthy(At(d, "in_name")) ? " in a name" : "");
    });
    ScoreMultiset("references", "references", [](const Json& r) {
      return (At(r, "symbol").is_null() ? "null" : Norm(Text(At(r, "symbol")))) + " of " + Shown(At(r, "date"));
    });
    ScoreMatched("events", "title", kSameEvent,
                 [](const Json& a, const Json& b) { return At(At(a, "when"), "value") == At(At(b, "when"), "value"); });
    ScoreMatched("units", "name", kSameUnit, [](const Json&, const Json&) { return true; });
    // Gold records from before quantities were annotated do not have them.
    if (gold_.contains("quantities")) {
      ScoreMatched("quantities", "of", kSameUnit, [](const Json& a, const Json& b) {
        return At(a, "value") == At(b, "value") && At(a, "bound") == At(b, "bound");
      });
    }
    return std::move(out_);
  }

 private:
  PartScore& Part(const std::string& name) { return out_.parts[name]; }
  void Wrong(const std::string& part, std::string key, std::string gold, std::string given) {
    out_.wrong.push_back({part, std::move(key), std::move(gold), std::move(given)});
  }

  // Recall over the leaves that the gold record gives, precision over those that the record gives.
  void ScoreMetadata() { ScoreLeaves(At(gold_, "metadata"), At(given_, "metadata"), ""); }

  void ScoreLeaves(const Json& gold, const Json& given, const std::string& path) {
    if (gold.is_object()) {
      for (auto it = gold.begin(); it != gold.end(); ++it) ScoreLeaves(*it, At(given, it.key()), path + "/" + it.key());
      return;
    }
    for (const char* skipped :
         {"/text", "/code", "/incomplete", "/span", "/confidence", "/start", "/end", "/part_of_day"}) {
      if (path.ends_with(skipped)) return;
    }
    PartScore& part = Part("metadata");
    part.given += !IsEmpty(given);
    const bool nothing = gold.is_null() || (gold.is_array() && gold.empty());
    part.gold += !nothing;
    const bool right = nothing ? IsEmpty(given) : SameLeaf(gold, given);
    part.right += right && !nothing;
    if (!right) Wrong("metadata", path, Shown(gold), Shown(given));
  }

  static bool SameLeaf(const Json& gold, const Json& given) {
    if (gold.is_array()) {
      if (gold.front().is_object()) return SameObjects(gold, given);
      const Json items = given.is_array() ? given : Json::array();
      const double longest = static_cast<double>(std::max(gold.size(), items.size()));
      return static_cast<double>(MatchBags(Bags(gold, ""), Bags(items, ""), kSameItem).size()) >= 0.8 * longest;
    }
    if (given.is_null()) return false;
    const Bag a = BagOf(Text(gold)), b = BagOf(Text(given));
    return Norm(Text(gold)) == Norm(Text(given)) || Dice(a, b) >= (a.size() > 4 ? 0.8 : 0.99);
  }

  // Lists of objects, for example digital signatures: each in its place with the values of the gold one.
  static bool SameObjects(const Json& gold, const Json& given) {
    if (!given.is_array() || given.size() != gold.size()) return false;
    for (std::size_t i = 0; i < gold.size(); ++i) {
      Json of_given = Json::array();
      for (auto it = gold[i].begin(); it != gold[i].end(); ++it) of_given.push_back(At(given[i], it.key()));
      if (Overlap(Text(gold[i]), Text(of_given)) <= 0.9) return false;
    }
    return true;
  }

  static void Flatten(const Json& sections, std::vector<const Json*>& out) {
    if (!sections.is_array()) return;
    for (const Json& s : sections) {
      out.push_back(&s);
      Flatten(At(s, "children"), out);
    }
  }

  void ScoreSections() {
    std::vector<const Json*> gold, given;
    Flatten(At(gold_, "sections"), gold);
    Flatten(At(given_, "sections"), given);
    const auto ids = [](const std::vector<const Json*>& sections) {
      std::vector<std::string> out;
      for (const Json* s : sections) out.push_back(Text(At(*s, "id")));
      return out;
    };
    CountMultiset("sections", ids(gold), ids(given));
    std::map<std::string, const Json*> by_id;
    for (const Json* s : given) by_id[Text(At(*s, "id"))] = s;
    PartScore& titles = Part("section_titles");
    PartScore& roles = Part("section_roles");
    titles.gold = titles.given = roles.gold = roles.given = static_cast<int>(gold.size());
    for (const Json* s : gold) {
      const std::string id = Text(At(*s, "id"));
      const auto found = by_id.find(id);
      const Json& other = found == by_id.end() ? Null() : *found->second;
      const Json &title = At(*s, "title"), &other_title = At(other, "title");
      const bool none = IsEmpty(title) || IsEmpty(other_title);
      const bool same_title = other.is_object() && (none ? title.is_null() && other_title.is_null()
                                                         : Overlap(Text(title), Text(other_title)) >= kSameTitle);
      const bool same_role = other.is_object() && At(*s, "role") == At(other, "role");
      titles.right += same_title;
      roles.right += same_role;
      if (!same_title) Wrong("section_titles", id, Shown(title), Shown(other_title));
      if (!same_role) Wrong("section_roles", id, Shown(At(*s, "role")), Shown(At(other, "role")));
    }
  }

  void ScoreTasks() {
    const Json &gold = List(gold_, "tasks"), &given = List(given_, "tasks");
    const Pairs pairs = MatchBags(Bags(gold, "action"), Bags(given, "action"), kSameAction);
    std::vector<const Json*> found(gold.size()), found_by(given.size());
    for (const auto& [i, j] : pairs) {
      found[i] = &given[j];
      found_by[j] = &gold[i];
    }
    const int n = static_cast<int>(gold.size());
    Part("tasks") = {static_cast<int>(pairs.size()), n, static_cast<int>(given.size())};
    for (const char* name : {"task_due", "task_when", "task_requested", "task_report_to"}) Part(name) = {0, n, n};
    Part("assigned_tasks");
    Part("task_units");
    const auto assigned = [](const Json& task) { return At(task, "kind") == "assigned"; };
    for (std::size_t i = 0; i < gold.size(); ++i) ScoreTask(gold[i], found[i], KeyOfTask(gold, i));
    for (std::size_t j = 0; j < given.size(); ++j) {
      Part("assigned_tasks").given += assigned(given[j]);
      Part("task_units").given += static_cast<int>(List(given[j], "assignees").size());
      if (found_by[j] == nullptr)
        Wrong("tasks", "+" + Shown(At(given[j], "action")), "", Shown(At(given[j], "action")));
      if (assigned(given[j]) && (found_by[j] == nullptr || !assigned(*found_by[j]))) {
        Wrong("assigned_tasks", "+" + Shown(At(given[j], "action")), "", "assigned");
      }
    }
  }

  void ScoreTask(const Json& gold, const Json* found, const std::string& key) {
    const Json& given = found == nullptr ? Null() : *found;
    const auto compare = [&](const char* part, bool same, const Json& a, const Json& b) {
      if (found != nullptr && same)
        ++Part(part).right;
      else
        Wrong(part, key, Shown(a), found == nullptr ? "no such task" : Shown(b));
    };
    if (found == nullptr) Wrong("tasks", key, Shown(At(gold, "action")), "");
    if (At(gold, "kind") == "assigned") {
      PartScore& part = Part("assigned_tasks");
      ++part.gold;
      if (found != nullptr && At(given, "kind") == "assigned")
        ++part.right;
      else
        Wrong("assigned_tasks", key, "assigned", found == nullptr ? "no such task" : Shown(At(given, "kind")));
    }
    compare("task_due", At(gold, "due") == At(given, "due"), At(gold, "due"), At(given, "due"));
    const auto when = [](const Json& task) -> const Json& { return At(At(task, "when"), "value"); };
    compare("task_when", when(gold) == when(given), when(gold), when(given));
    const Json &asked = At(gold, "requested"), &given_asked = At(given, "requested");
    compare("task_requested", Truthy(asked) == Truthy(given_asked), asked, given_asked);
    const auto receivers = [](const Json& task) {
      std::set<std::string> out;
      for (const Json& name : List(task, "report_to")) out.insert(Norm(Text(name)));
      return out;
    };
    compare("task_report_to", receivers(gold) == receivers(given), At(gold, "report_to"), At(given, "report_to"));
    ScoreUnits(List(gold, "assignees"), List(given, "assignees"), key);
  }

  void ScoreUnits(const Json& gold, const Json& given, const std::string& key) {
    const std::vector<Bag> a = Bags(gold, "name"), b = Bags(given, "name");
    const Pairs pairs = Match(
        gold.size(), given.size(),
        [&](std::size_t i, std::size_t j) {
          return At(gold[i], "role") == At(given[j], "role") ? Dice(a[i], b[j]) : 0;
        },
        kSameUnit);
    PartScore& part = Part("task_units");
    part.right += static_cast<int>(pairs.size());
    part.gold += static_cast<int>(gold.size());
    std::set<std::size_t> gold_found, given_found;
    for (const auto& [i, j] : pairs) {
      gold_found.insert(i);
      given_found.insert(j);
    }
    const auto name = [](const Json& unit) { return Text(At(unit, "name")) + " (" + Text(At(unit, "role")) + ")"; };
    std::string all_given;
    for (const Json& unit : given) all_given += (all_given.empty() ? "" : ", ") + name(unit);
    for (std::size_t i = 0; i < gold.size(); ++i) {
      if (!gold_found.contains(i)) Wrong("task_units", key + " " + name(gold[i]), name(gold[i]), all_given);
    }
    for (std::size_t j = 0; j < given.size(); ++j) {
      if (!given_found.contains(j)) Wrong("task_units", "+" + key + " " + name(given[j]), "", name(given[j]));
    }
  }

  void ScoreMultiset(const std::string& part, std::string_view list,
                     const std::function<std::string(const Json&)>& key) {
    std::vector<std::string> gold, given;
    for (const Json& item : List(gold_, list)) gold.push_back(key(item));
    for (const Json& item : List(given_, list)) given.push_back(key(item));
    CountMultiset(part, gold, given);
  }

  void CountMultiset(const std::string& part, const std::vector<std::string>& gold,
                     const std::vector<std::string>& given) {
    std::map<std::string, std::pair<int, int>> counts;
    for (const std::string& k : gold) ++counts[k].first;
    for (const std::string& k : given) ++counts[k].second;
    PartScore& score = Part(part);
    score.gold = static_cast<int>(gold.size());
    score.given = static_cast<int>(given.size());
    for (const auto& [key, count] : counts) {
      const int both = std::min(count.first, count.second);
      score.right += both;
      for (int k = both; k < count.first; ++k) Wrong(part, key + (k > 0 ? " ×" + std::to_string(k + 1) : ""), key, "");
      for (int k = both; k < count.second; ++k)
        Wrong(part, "+" + key + (k > 0 ? " ×" + std::to_string(k + 1) : ""), "", key);
    }
  }

  // Items matched by the overlap of a text, right where `same` too. `same` is asked before the match for quantities,
  // where one `of` stands with many values.
  void ScoreMatched(const std::string& list, std::string_view text, double least,
                    const std::function<bool(const Json&, const Json&)>& same) {
    const Json &gold = List(gold_, list), &given = List(given_, list);
    const std::vector<Bag> a = Bags(gold, text), b = Bags(given, text);
    const bool first = list == "quantities";
    const Pairs pairs = Match(
        gold.size(), given.size(),
        [&](std::size_t i, std::size_t j) { return first && !same(gold[i], given[j]) ? 0 : Dice(a[i], b[j]); }, least);
    PartScore& part = Part(list);
    part.gold = static_cast<int>(gold.size());
    part.given = static_cast<int>(given.size());
    std::vector<bool> gold_right(gold.size()), given_right(given.size());
    for (const auto& [i, j] : pairs) {
      if (!same(gold[i], given[j])) continue;
      ++part.right;
      gold_right[i] = given_right[j] = true;
    }
    const auto shown = [&](const Json& item) {
      if (!item.is_object()) return Shown(item);
      std::string out = Shown(At(item, text));
      if (list == "quantities") out = Shown(At(item, "bound")) + " " + Shown(At(item, "value")) + " " + out;
      if (list == "events") out += ", " + Shown(At(At(item, "when"), "value"));
      return out;
    };
    for (std::size_t i = 0; i < gold.size(); ++i) {
      if (!gold_right[i]) Wrong(list, shown(gold[i]), shown(gold[i]), "");
    }
    for (std::size_t j = 0; j < given.size(); ++j) {
      if (!given_right[j]) Wrong(list, "+" + shown(given[j]), "", shown(given[j]));
    }
  }

  const Json& gold_;
  const Json& given_;
  RecordScore out_;
};

}  // namespace

const std::vector<std::string>& RecordParts() {
  static const std::vector<std::string> kParts = {
      "metadata",      "sections",   "section_titles", "section_roles",  "tasks",          "assigned_tasks",
      "task_units",    "task_due",   "task_when",      "task_requested", "task_report_to", "dates",
      "dates_in_name", "references", "events",         "units",          "quantities"};
  return kParts;
}

Result<std::map<std::string, std::string>> ActionsByKey(std::string_view record_json) {
  try {
    const Json record = Json::parse(record_json);
    const Json& tasks = List(record, "tasks");
    std::map<std::string, std::string> out;
    for (std::size_t i = 0; i < tasks.size(); ++i) out[KeyOfTask(tasks, i)] = Text(At(tasks[i], "action"));
    return out;
  } catch (const Json::exception& e) {
    return Error{ErrorCode::kBadInput, std::string("record: ") + e.what()};
  }
}

double Overlap(std::string_view a, std::string_view b) { return Dice(BagOf(a), BagOf(b)); }

Result<RecordScore> ScoreRecord(std::string_view gold_json, std::string_view given_json) {
  try {
    const Json gold = Json::parse(gold_json), given = Json::parse(given_json);
    if (!gold.is_object() || !given.is_object()) return Error{ErrorCode::kBadInput, "a record is a JSON object"};
    return Scorer(gold, given).Run();
  } catch (const Json::exception& e) {
    return Error{ErrorCode::kBadInput, std::string("record: ") + e.what()};
  }
}

}  // namespace hoidau
