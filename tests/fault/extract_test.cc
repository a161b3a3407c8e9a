// Texts made to be slow, and texts that once crashed: extraction is linear in the text and takes what comes.
#include "extract/extract.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "base/files.h"
#include "doc/record_json.h"
#include "segment/segment.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

class Extraction {
 public:
  Record operator()(const std::string& bytes) const {
    const DocumentText text = FromPlainText(ToNfc(MakeValidUtf8(bytes)));
    Record record;
    Extract(text, Segment(text, *segment_rules_), *extract_rules_, {}, record);
    return record;
  }

 private:
  Result<SegmentRules> segment_rules_ = SegmentRules::Load(HOIDAU_SOURCE_DIR "/models");
  Result<ExtractRules> extract_rules_ = ExtractRules::Load(HOIDAU_SOURCE_DIR "/models");
};

double Seconds(const Extraction& extract, const std::string& text) {
  const std::clock_t begin = std::clock();
  static_cast<void>(ToJson(extract(text)));
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

std::string Repeat(const std::string& piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

// Eight times the text in at most 24 times the time; a quadratic step takes 64 times.
TEST(HostileText, TimeIsLinear) {
  const Extraction extract;
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "ngày 15/12/2025, "},
      {"I. A\n1. “B: ", "trong 90 ngày và năm 2025 "},
      {"I. NHIỆM VỤ\n", "- Công an xã tuyên truyền trước ngày 15/12/2025.\n"},
      {"", "I.\n"},
      {"", "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024;\n"},
      {"", "I. A\n1. B\na) C\n- D\n+ E\n"},
      {"", "1."},
      {"", "1/"},
      {"", "("},
      {"", "- "},
      {"", "ế"},
      {"", "| "},
      {"I. A\n1. ", "Ban Thường vụ "},
      {"I. A\n1. Công an xã tuyên truyền; ", "Công an xã, Ủy ban nhân dân, "},
      {"I. A\n1. ", "Hội nghị chuyên đề "},
      {"Nơi nhận:\n", "Lê Văn Tám\n"},
  };
  for (const auto& [head, piece] : cases) {
    constexpr std::size_t kSmall = 4 << 10, kLarge = 32 << 10;
    static_cast<void>(Seconds(extract, head + Repeat(piece, kSmall)));
    const double small = std::max(0.005, Seconds(extract, head + Repeat(piece, kSmall)));
    EXPECT_LT(Seconds(extract, head + Repeat(piece, kLarge)), 24 * small) << head << piece;
  }
}

TEST(HostileText, CrashersOfOld) {
  const Extraction extract;
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(HOIDAU_SOURCE_DIR "/tests/data/crashers/extract")) {
    const Result<std::string> bytes = ReadFile(entry.path().string());
    ASSERT_TRUE(bytes.ok());
    EXPECT_TRUE(RecordFromJson(ToJson(extract(*bytes))).ok()) << entry.path();
    ++files;
  }
  EXPECT_GT(files, 0);
}

}  // namespace
}  // namespace hoidau
