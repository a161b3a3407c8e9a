#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "base/files.h"
#include "doc/record_json.h"
#include "pipeline/hoidau.h"
#include "support/temp_dir.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

constexpr const char* kModels = HOIDAU_SOURCE_DIR "/models";

constexpr const char* kPlan =
    "ỦY BAN NHÂN DÂN\nXÃ LỘC VÂN\nSố: 15/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Lộc Vân, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nPhòng, chống thiên tai năm 2026\nI. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh "
    "tế\n"
    "- Tham mưu phương án ứng phó, hoàn thành trước ngày 15/4/2026.\n2. Các thôn\n- Thành lập đội xung kích.\n";

TEST(Pipeline, TextToRecord) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileAtomic(dir / "plan.txt", kPlan).ok());
  const Result<Pipeline> pipeline = Pipeline::Load({.models_dir = kModels});
  ASSERT_TRUE(pipeline.ok()) << pipeline.error().message;
  for (const Result<Record>& record : {pipeline->Process(dir / "plan.txt"), pipeline->Extract(dir / "plan.txt")}) {
    ASSERT_TRUE(record.ok()) << record.error().message;
    EXPECT_EQ(record->text, kPlan) << "clean text stays";
    EXPECT_TRUE(IsNfc(record->text));
    EXPECT_EQ(record->source.kind, SourceKind::kText);
    EXPECT_EQ(record->source.sha256.size(), 64U);
    EXPECT_EQ(record->metadata.symbol, "15/KH-UBND");
    EXPECT_EQ(record->metadata.type, "Kế hoạch");
    ASSERT_FALSE(record->tasks.empty());
    EXPECT_EQ(record->tasks[0].due, "2026-04-14");
    ASSERT_EQ(record->pages.size(), 1U);
    const RecordLine& line = record->pages[0].lines.at(2);
    EXPECT_EQ(line.span.In(record->text), "Số: 15/KH-UBND");
    EXPECT_EQ(line.tokens.at(1).observed, "15/KH-UBND");
    const auto back = RecordFromJson(ToJson(*record));
    ASSERT_TRUE(back.ok()) << back.error().message;
    EXPECT_EQ(ToJson(*back), ToJson(*record));
  }
}

TEST(Pipeline, StagesOneByOneAreTheWhole) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileAtomic(dir / "a.txt", "Ke hoach to chuc\n\fTrang hai\n").ok());
  const Result<Pipeline> pipeline = Pipeline::Load({.models_dir = kModels});
  ASSERT_TRUE(pipeline.ok());
  const auto document = pipeline->Read(dir / "a.txt");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->pages.size(), 2U);
  const auto recovered = pipeline->Recover(*document);
  ASSERT_TRUE(recovered.ok());
  const auto record = pipeline->Describe(*document, *recovered);
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(ToJson(*record), ToJson(*pipeline->Process(dir / "a.txt")));
  EXPECT_EQ(TextRecord(*document, *recovered).text, record->text);
}

TEST(Pipeline, ReportsProgressByPage) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileAtomic(dir / "a.txt", "a\fb\fc").ok());
  int calls = 0;
  const auto pipeline = Pipeline::Load({.models_dir = kModels, .progress = [&](const Progress& p) {
                                          EXPECT_EQ(p.pages, 3);
                                          EXPECT_EQ(p.pages_done, ++calls);
                                        }});
  ASSERT_TRUE(pipeline.ok());
  ASSERT_TRUE(pipeline->Read(dir / "a.txt").ok());
  EXPECT_EQ(calls, 3);
}

TEST(Pipeline, SaysWhatIsMissing) {
  const TempDir dir;
  const auto none = Pipeline::Load({.models_dir = dir.path().string()});
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, ErrorCode::kMissing);
  std::filesystem::create_directory(dir / "rules");
  const auto empty = Pipeline::Load({.models_dir = dir.path().string()});
  ASSERT_TRUE(empty.ok());
  const auto filter = empty->Filter({});
  ASSERT_FALSE(filter.ok());
  EXPECT_EQ(filter.error().code, ErrorCode::kMissing) << filter.error().message;
  const auto record = empty->Extract(HOIDAU_SOURCE_DIR "/LICENSE");
  ASSERT_FALSE(record.ok());
  EXPECT_EQ(record.error().code, ErrorCode::kMissing) << record.error().message;
}

TEST(Pipeline, FindsModelsByTheEnvironment) {
  ASSERT_EQ(setenv("HOIDAU_MODELS", kModels, 1), 0);
  const auto found = Pipeline::Load({});
  ASSERT_EQ(setenv("HOIDAU_MODELS", "/no/such/folder", 1), 0);
  const auto wrong = Pipeline::Load({});
  const auto given = Pipeline::Load({.models_dir = kModels});
  unsetenv("HOIDAU_MODELS");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->models_dir(), kModels);
  ASSERT_FALSE(wrong.ok());
  EXPECT_NE(wrong.error().message.find("HOIDAU_MODELS"), std::string::npos);
  EXPECT_TRUE(given.ok()) << "what the caller names goes first";
}

TEST(Pipeline, DiagnosisNamesEveryPart) {
  const std::vector<Component> parts = Diagnose({.models_dir = kModels, .ocr_language = "no-such-language"});
  ASSERT_EQ(parts.size(), 5U);
  EXPECT_TRUE(parts[0].ok && parts[1].ok && parts[2].ok && parts[3].ok);
  EXPECT_FALSE(parts[4].ok);
  EXPECT_FALSE(parts[4].problem.empty());
}

TEST(Pipeline, APageOfUnsureWordsNeedsALook) {
  Document document;
  RecoveredDocument recovered;
  for (const std::size_t unsure : {1U, 2U}) {
    std::string raw;
    for (int i = 0; i < 20; ++i) raw += "a ";
    document.pages.push_back(PlainTextPage(raw, static_cast<int>(document.pages.size()) + 1));
    RecoveredPage& page = recovered.pages.emplace_back();
    page.layer = *TextLayer::Apply(raw, {});
    RecoveredLine& line = page.lines.emplace_back();
    for (const Token& token : document.pages.back().lines[0].tokens) {
      line.tokens.push_back(
          {.raw_span = token.raw_span, .text_span = token.raw_span, .unsure = line.tokens.size() < unsure});
    }
  }
  const Record record = TextRecord(document, recovered);
  ASSERT_EQ(record.issues.size(), 1U) << "one word of twenty is no page to look at";
  EXPECT_EQ(record.issues[0].page, 2);
  EXPECT_EQ(record.issues[0].code, "low-confidence");
  EXPECT_TRUE(NeedsLook(record));
}

TEST(Pipeline, RefusesMoreTextThanItsLimit) {
  const TempDir dir;
  ASSERT_TRUE(WriteFileAtomic(dir / "a.txt", std::string(3000, 'a')).ok());
  const auto pipeline = Pipeline::Load({.models_dir = kModels, .max_text_bytes = 1000});
  ASSERT_TRUE(pipeline.ok());
  const auto record = pipeline->Process(dir / "a.txt");
  ASSERT_FALSE(record.ok());
  EXPECT_EQ(record.error().code, ErrorCode::kResourceLimit);
}

}  // namespace
}  // namespace hoidau
