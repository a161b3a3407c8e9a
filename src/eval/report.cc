#include "eval/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "text/unicode.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "hoidau-eval/1";

std::vector<const Measures*> MeasuresOf(const EvalRow& row) {
  std::vector<const Measures*> out;
  for (const DocumentResult& d : row.documents) out.push_back(&d.measures);
  return out;
}

std::set<std::string> NamesOf(const EvalRow& row) {
  std::set<std::string> names;
  for (const DocumentResult& d : row.documents) {
    for (const auto& [name, numbers] : d.measures) names.insert(name);
  }
  return names;
}

double Rounded(double value) { return std::round(value * 1e6) / 1e6; }

std::string Percent(double value, int digits = 2) {
  char out[32];
  std::snprintf(out, sizeof out, "%.*f", digits, 100 * value);
  return out;
}

// "98.31 (97.90-98.66)", "-" where there is nothing.
std::string Cell(const EvalRow& row, const std::string& name, const BootstrapOptions& options, bool interval) {
  const std::optional<Estimate> e = Summarize(name, MeasuresOf(row), options);
  if (!e) return "-";
  return Percent(e->value) +
         (interval && e->documents > 1 ? " (" + Percent(e->low, 1) + "-" + Percent(e->high, 1) + ")" : "");
}

std::string RecoverySpeed(const EvalRow& row) {
  double seconds = 0, syllables = 0;
  for (const DocumentResult& d : row.documents) {
    seconds += d.recovery_seconds;
    if (const auto found = d.measures.find("syllables"); found != d.measures.end()) syllables += found->second[1];
  }
  return seconds > 0 ? std::to_string(static_cast<long>(syllables / seconds / 1000)) : "-";
}

const EvalRow* Find(const Evaluation& evaluation, const EvalRow& like) {
  for (const EvalRow& row : evaluation.rows) {
    if (row.set == like.set && row.kind == like.kind) return &row;
  }
  return nullptr;
}

// Documents of both rows, in pairs.
std::vector<std::pair<const DocumentResult*, const DocumentResult*>> Common(const EvalRow& a, const EvalRow& b) {
  std::vector<std::pair<const DocumentResult*, const DocumentResult*>> out;
  for (const DocumentResult& x : a.documents) {
    for (const DocumentResult& y : b.documents) {
      if (x.id == y.id) out.emplace_back(&x, &y);
    }
  }
  return out;
}

struct Difference {
  double before = 0, after = 0, low = 0, high = 0;
};

// The paired bootstrap: the same documents are drawn for both runs.
std::optional<Difference> Compare(const std::string& name, const EvalRow& before, const EvalRow& after,
                                  const BootstrapOptions& options) {
  std::vector<std::pair<const Numbers*, const Numbers*>> numbers;
  for (const auto& [x, y] : Common(before, after)) {
    const auto a = x->measures.find(name), b = y->measures.find(name);
    if (a != x->measures.end() && b != y->measures.end() && a->second.size() == b->second.size())
      numbers.emplace_back(&a->second, &b->second);
  }
  if (numbers.empty()) return std::nullopt;
  const auto value = [&](const auto& pick) -> std::optional<std::pair<double, double>> {
    Numbers a(numbers.front().first->size()), b = a;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const auto& [x, y] = numbers[pick(i)];
      for (std::size_t k = 0; k < a.size(); ++k) {
        a[k] += (*x)[k];
        b[k] += (*y)[k];
      }
    }
    const std::optional<double> va = MeasureValue(name, a), vb = MeasureValue(name, b);
    return va && vb ? std::optional(std::pair(*va, *vb)) : std::nullopt;
  };
  const auto whole = value([](std::size_t i) { return i; });
  if (!whole || std::abs(whole->first - whole->second) < 5e-6) return std::nullopt;
  std::mt19937_64 random(options.seed);
  std::vector<double> differences;
  for (int r = 0; r < options.resamples; ++r) {
    if (const auto v = value([&](std::size_t) { return random() % numbers.size(); }))
      differences.push_back(v->second - v->first);
  }
  std::sort(differences.begin(), differences.end());
  Difference out{.before = whole->first, .after = whole->second};
  if (!differences.empty()) {
    out.low = differences[static_cast<std::size_t>(0.025 * static_cast<double>(differences.size() - 1))];
    out.high = differences[static_cast<std::size_t>(0.975 * static_cast<double>(differences.size() - 1))];
  }
  return out;
}

std::string ValueChanges(const EvalRow& before, const EvalRow& after) {
  std::string out;
  for (const auto& [x, y] : Common(before, after)) {
    const auto keys = [](const DocumentResult& d) {
      std::map<std::pair<std::string, std::string>, const WrongValue*> found;
      for (const WrongValue& w : d.wrong) found[{w.part, w.key}] = &w;
      return found;
    };
    const auto a = keys(*x), b = keys(*y);
    const auto line = [&](const char* what, const WrongValue& w) {
      return std::string("  ") + what + "  " + y->id + "  " + w.part + "  " + w.key + "  gold \"" + w.gold +
             "\"  given \"" + w.given + "\"\n";
    };
    for (const auto& [key, w] : b) {
      if (!a.contains(key)) out += line("now wrong", *w);
    }
    for (const auto& [key, w] : a) {
      if (!b.contains(key)) out += line("now right", *w);
    }
  }
  return out;
}

}  // namespace

std::string Columns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], CodePoints(row[i]).size());
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string pad(widths[i] - CodePoints(row[i]).size(), ' ');
      line += (i > 0 ? "  " : "") + (i == 0 ? row[i] + pad : pad + row[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string EvaluationToJson(const Evaluation& evaluation, const BootstrapOptions& options) {
  Json rows = Json::array();
  for (const EvalRow& row : evaluation.rows) {
    Json estimates = Json::object();
    for (const std::string& name : NamesOf(row)) {
      if (const std::optional<Estimate> e = Summarize(name, MeasuresOf(row), options)) {
        estimates[name] = {Rounded(e->value), Rounded(e->low), Rounded(e->high)};
      }
    }
    Json documents = Json::array();
    for (const DocumentResult& d : row.documents) {
      Json measures = Json::object();
      for (const auto& [name, numbers] : d.measures) {
        Json& to = measures[name] = Json::array();
        for (const double n : numbers) to.push_back(Rounded(n));
      }
      Json wrong = Json::array();
      for (const WrongValue& w : d.wrong) wrong.push_back({w.part, w.key, w.gold, w.given});
      documents.push_back(
          {{"id", d.id}, {"recovery_seconds", Rounded(d.recovery_seconds)}, {"measures", measures}, {"wrong", wrong}});
    }
    rows.push_back({{"set", row.set}, {"kind", row.kind}, {"estimates", estimates}, {"documents", documents}});
  }
  const Json out = {{"schema", kSchema}, {"resamples", options.resamples}, {"rows", rows}};
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Evaluation> EvaluationFromJson(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("schema") != kSchema)
      return Error{ErrorCode::kBadInput, std::string("evaluation: schema is not ") + kSchema};
    Evaluation out;
    for (const Json& row : json.at("rows")) {
      EvalRow& to = out.rows.emplace_back();
      to.set = row.at("set").get<std::string>();
      to.kind = row.at("kind").get<std::string>();
      for (const Json& document : row.at("documents")) {
        DocumentResult& d = to.documents.emplace_back();
        d.id = document.at("id").get<std::string>();
        d.recovery_seconds = document.at("recovery_seconds").get<double>();
        d.measures = document.at("measures").get<Measures>();
        for (const Json& w : document.at("wrong")) {
          d.wrong.push_back({w.at(0).get<std::string>(), w.at(1).get<std::string>(), w.at(2).get<std::string>(),
                             w.at(3).get<std::string>()});
        }
      }
    }
    return out;
  } catch (const Json::exception& e) {
    return Error{ErrorCode::kBadInput, std::string("evaluation: ") + e.what()};
  }
}

std::string EvaluationToCsv(const Evaluation& evaluation, const BootstrapOptions& options) {
  std::string out = "set,kind,measure,value,low,high,documents\n";
  const auto quoted = [](const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string inside;
    for (const char c : text) inside += c == '"' ? std::string("\"\"") : std::string(1, c);
    return "\"" + inside + "\"";
  };
  for (const EvalRow& row : evaluation.rows) {
    for (const std::string& name : NamesOf(row)) {
      const std::optional<Estimate> e = Summarize(name, MeasuresOf(row), options);
      if (!e) continue;
      char numbers[96];
      std::snprintf(numbers, sizeof numbers, "%.6f,%.6f,%.6f,%d", e->value, e->low, e->high, e->documents);
      out += quoted(row.set) + "," + quoted(row.kind) + "," + name + "," + numbers + "\n";
    }
  }
  return out;
}

std::string EvaluationTable(const Evaluation& evaluation, const BootstrapOptions& options) {
  std::vector<std::vector<std::string>> text = {{"text, %", "docs", "syllables before", "after (95 %)", "characters",
                                                 "diacritics", "errors removed", "worse docs", "harm", "figures harmed",
                                                 "lines kept", "ECE", "unsure right", "marked", "at 5 %", "order",
                                                 "twice same", "k syll/s"}};
  std::vector<std::string> header = {"record, F1 %"};
  std::vector<const EvalRow*> with_record;
  const bool one_set = std::all_of(evaluation.rows.begin(), evaluation.rows.end(),
                                   [&](const EvalRow& row) { return row.set == evaluation.rows.front().set; });
  for (const EvalRow& row : evaluation.rows) {
    std::vector<std::string> cells = {row.set + " " + row.kind, std::to_string(row.documents.size()),
                                      Cell(row, "before.syllables", options, false),
                                      Cell(row, "syllables", options, true)};
    for (const char* name :
         {"characters", "diacritics", "errors_removed", "made_worse", "harm", "harm_figures", "lines_kept",
          "calibration", "unsure", "unsure_share", "unsure_at_5", "order", "idempotent"}) {
      cells.push_back(Cell(row, name, options, false));
    }
    cells.push_back(RecoverySpeed(row));
    text.push_back(std::move(cells));
    if (NamesOf(row).contains("record.tasks")) {
      with_record.push_back(&row);
      header.push_back(one_set ? row.kind : row.set + " " + row.kind);
    }
  }
  std::string out = Columns(text);
  if (with_record.empty()) return out;
  std::vector<std::vector<std::string>> records = {header};
  for (const std::string& part : RecordParts()) {
    std::vector<std::string> cells = {part};
    for (const EvalRow* row : with_record) cells.push_back(Cell(*row, "record." + part, options, true));
    records.push_back(std::move(cells));
  }
  return out + "\n" + Columns(records);
}

std::string ComparisonTable(const Evaluation& before, const Evaluation& after, const BootstrapOptions& options) {
  std::vector<std::vector<std::string>> table = {{"changed", "before", "after", "difference (95 %)", ""}};
  std::string values;
  for (const EvalRow& row : after.rows) {
    const EvalRow* old = Find(before, row);
    if (old == nullptr) continue;
    for (const std::string& name : NamesOf(row)) {
      const std::optional<Difference> d = Compare(name, *old, row, options);
      if (!d) continue;
      const double gain = IsLoss(name) ? d->before - d->after : d->after - d->before;
      const bool sure = d->low > 0 || d->high < 0;
      table.push_back({row.set + " " + row.kind + " " + name, Percent(d->before), Percent(d->after),
                       (d->after > d->before ? "+" : "") + Percent(d->after - d->before) + " (" + Percent(d->low) +
                           " to " + Percent(d->high) + ")",
                       std::string(gain > 0 ? "better" : "worse") + (sure ? "" : "?")});
    }
    if (const std::string changes = ValueChanges(*old, row); !changes.empty())
      values += row.set + " " + row.kind + "\n" + changes;
  }
  if (table.size() == 1) return "nothing changed\n";
  return Columns(table) + (values.empty() ? "" : "\n" + values);
}

}  // namespace hoidau
