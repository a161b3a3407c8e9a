#include "doc/record_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "support/sample_record.h"

namespace hoidau {
namespace {

using Json = nlohmann::ordered_json;

TEST(RecordJson, GoesThereAndBack) {
  for (const Record& record : {SampleRecord(), Record{}}) {
    const std::string json = ToJson(record);
    const auto back = RecordFromJson(json);
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_EQ(ToJson(*back), json);
    EXPECT_EQ(back->text, record.text);
  }
  const auto back = RecordFromJson(ToJson(SampleRecord()));
  EXPECT_EQ(back->tasks[0].span, SampleRecord().tasks[0].span) << "spans are bytes in memory";
  EXPECT_EQ(back->pages[0].lines[0].tokens[0].observed, "KE");
}

TEST(RecordJson, SpansAreCodePointsOfTheText) {
  const Json json = Json::parse(ToJson(SampleRecord()));
  const std::u32string text = [&] {
    std::u32string out;
    const std::string utf8 = json["text"];
    for (std::size_t at = 0; at < utf8.size();) {
      const auto lead = static_cast<unsigned char>(utf8[at]);
      at += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      out += lead;
    }
    return out;
  }();
  const auto span = json["pages"][1]["lines"][0]["span"];
  EXPECT_EQ(span[1].get<int>() - span[0].get<int>(), 11) << "😀 is one code point";
  EXPECT_EQ(span[1].get<std::size_t>(), text.size() - 1) << "all but the last line end";
}

TEST(RecordJson, KeepsTheOrderOfKeysAndGivesNulls) {
  const Json json = Json::parse(ToJson(Record{}));
  std::string keys;
  for (const auto& [key, value] : json.items()) keys += key + " ";
  EXPECT_EQ(
      keys,
      "schema source metadata references sections tasks events dates units quantities text pages issues evidence ");
  EXPECT_TRUE(json["metadata"]["number"].is_null());
  EXPECT_TRUE(json["metadata"]["date"].is_null());
  EXPECT_EQ(json["metadata"]["addressees"], Json::array());
  EXPECT_EQ(json["evidence"], Json::object());

  const Json sample = Json::parse(ToJson(SampleRecord()));
  EXPECT_TRUE(sample["pages"][1]["width"].is_null());
  EXPECT_TRUE(sample["pages"][1]["lines"][0]["box"].is_null());
  EXPECT_TRUE(sample["issues"][1]["page"].is_null());
  Record no_report = SampleRecord();
  no_report.tasks[0].report_to.clear();
  EXPECT_TRUE(Json::parse(ToJson(no_report))["tasks"][0]["report_to"].is_null());
}

TEST(RecordJson, NumbersAreShort) {
  const std::string json = ToJson(SampleRecord());
  EXPECT_NE(json.find(R"("confidence": 0.9999,)"), std::string::npos);
  EXPECT_NE(json.find(R"("box": [700, 300, 760, 330])"), std::string::npos);
  EXPECT_NE(json.find(R"("box": [10, 20, 300, 120.5])"), std::string::npos);
  EXPECT_NE(json.find(R"("value": 0.5,)"), std::string::npos);
  EXPECT_NE(json.find(R"({"span": [76, 78], "observed": "KE", "text": "KẾ")"), std::string::npos)
      << "a token is a line";
}

TEST(RecordJson, NoConfidenceLeavesTheUnitInterval) {
  Record r = SampleRecord();
  r.tasks[0].confidence = 1.5;
  r.evidence.begin()->second.confidence = std::nan("");
  const Json json = Json::parse(ToJson(r));
  EXPECT_EQ(json["tasks"][0]["confidence"], 1);
  EXPECT_EQ(json["evidence"].front()["confidence"], 0);
}

TEST(RecordJson, BadTextBecomesReplacements) {
  Record r;
  r.source.file = "tập\xFF.txt";
  const auto back = RecordFromJson(ToJson(r));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->source.file, "tập\uFFFD.txt");
}

TEST(RecordJson, RefusesWhatIsNoRecord) {
  const std::string good = ToJson(SampleRecord());
  const auto without = [&](const char* what, const char* by) {
    std::string bad = good;
    const std::size_t at = bad.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return bad.replace(at, std::string(what).size(), by);
  };
  const std::pair<std::string, std::string> cases[] = {
      {"", "parse"},
      {"[]", ""},
      {"{}", "schema"},
      {good.substr(0, good.size() / 2), "parse"},
      {without("hoidau-document/1", "hoidau-document/9"), "schema"},
      {without(R"("kind": "scanned-pdf")", R"("kind": "scroll")"), "scroll"},
      {without("[76, 78]", "[76, 100000]"), "span"},
      {without("[76, 78]", "[78, 76]"), "span"},
      {without("[76, 78]", "[76]"), "span"},
      {without(R"("requested")", R"("asked")"), "requested"},
      {without(R"("references": [)", R"("references": 1, "x": [)"), "references"},
  };
  for (const auto& [json, says] : cases) {
    const auto record = RecordFromJson(json);
    ASSERT_FALSE(record.ok()) << json.substr(0, 80);
    EXPECT_EQ(record.error().code, ErrorCode::kBadInput);
    EXPECT_NE(record.error().message.find(says), std::string::npos) << record.error().message;
  }
}

TEST(RecordJson, DeepNestingIsAnError) {
  std::string children = "[]";
  for (int i = 0; i < 200; ++i) {
    children =
        R"([{"id":"a","label":"","title":null,"role":"other","level":1,"span":[0,0],"children":)" + children + "}]";
  }
  std::string json = ToJson(Record{});
  json.replace(json.find(R"("sections": [])"), 14, R"("sections": )" + children);
  const auto record = RecordFromJson(json);
  ASSERT_FALSE(record.ok());
  EXPECT_NE(record.error().message.find("deep"), std::string::npos);
}

TEST(RecordJson, SchemaIsJson) {
  EXPECT_EQ(Json::parse(RecordSchema())["properties"]["schema"]["const"], "hoidau-document/1");
}

}  // namespace
}  // namespace hoidau
