#include "emit/token_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

double Rounded(float probability) { return std::round(static_cast<double>(probability) * 1e4) / 1e4; }

Json TokenOf(const RecoveredToken& token, std::string_view raw, std::string_view text) {
  Json alternatives = Json::array();
  for (const Candidate& c : token.alternatives)
    alternatives.push_back({{"text", c.text}, {"confidence", Rounded(c.confidence)}});
  Json out = {{"observed", token.raw_span.In(raw)},
              {"text", token.text_span.In(text)},
              {"confidence", Rounded(token.confidence)},
              {"alternatives", std::move(alternatives)},
              {"unsure", token.unsure}};
  if (!token.reason.empty()) out["reason"] = token.reason;
  return out;
}

}  // namespace

std::string TokenJson(const Document& document, const RecoveredDocument& recovered, std::uint64_t lines_before) {
  std::string out;
  std::uint64_t number = lines_before;
  for (std::size_t i = 0; i < document.pages.size(); ++i) {
    const std::string& text = recovered.pages[i].layer.text();
    for (const RecoveredLine& line : recovered.pages[i].lines) {
      Json tokens = Json::array();
      for (const RecoveredToken& token : line.tokens) tokens.push_back(TokenOf(token, document.pages[i].raw, text));
      const Json object = {{"line", ++number}, {"text", line.text_span.In(text)}, {"tokens", std::move(tokens)}};
      out += object.dump(-1, ' ', false, Json::error_handler_t::replace);
      out += '\n';
    }
  }
  return out;
}

std::string Explanations(const Document& document, const RecoveredDocument& recovered, std::uint64_t lines_before) {
  std::string out;
  std::uint64_t number = lines_before;
  for (std::size_t i = 0; i < document.pages.size(); ++i) {
    const std::string& text = recovered.pages[i].layer.text();
    for (const RecoveredLine& line : recovered.pages[i].lines) {
      ++number;
      for (const RecoveredToken& token : line.tokens) {
        const std::string_view observed = token.raw_span.In(document.pages[i].raw);
        const std::string_view read = token.text_span.In(text);
        if (observed == read) continue;
        out += std::to_string(number) + ": " + std::string(observed) + " → " +
               (read.empty() ? "(noise)" : std::string(read));
        if (!token.alternatives.empty()) out += ", not " + token.alternatives[0].text;
        if (!token.reason.empty()) out += " [" + token.reason + "]";
        out += '\n';
      }
    }
  }
  return out;
}

}  // namespace hoidau
