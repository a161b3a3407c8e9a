#include "segment/labels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace hoidau {
namespace {

struct Sample {
  const char* line;
  const char* label;  // empty: no label
};

TEST(ReadLabel, SignsThatReadersTakeForEachOther) {
  const auto has = [](const char* line, LabelKind kind, int ordinal) {
    const auto label = ReadLabel(line);
    return label && std::ranges::any_of(label->readings, [&](const LabelReading& r) {
             return r.kind == kind && r.path.back() == ordinal && r.damaged;
           });
  };
  EXPECT_TRUE(has("e. Thời gian", LabelKind::kLetter, 3));
  EXPECT_TRUE(has("S. Kinh phí", LabelKind::kArabic, 5));
  EXPECT_TRUE(has("II. TỔ CHỨC THỰC HIỆN", LabelKind::kRoman, 3));
  EXPECT_TRUE(has("I, MỤC ĐÍCH", LabelKind::kRoman, 1));
  EXPECT_FALSE(ReadLabel("1, 2 và 3").has_value());
}

TEST(ReadOpenLabel, NumbersWithoutTheirPoint) {
  const auto arabic = ReadOpenLabel("1 Tuyên truyền");
  ASSERT_TRUE(arabic.has_value());
  EXPECT_EQ(arabic->label, "1");
  EXPECT_EQ(arabic->readings.front().kind, LabelKind::kArabic);
  const auto roman = ReadOpenLabel("IL CHỦ ĐỀ");
  ASSERT_TRUE(roman.has_value());
  EXPECT_EQ(roman->readings.front().path, std::vector<int>{2});
  EXPECT_FALSE(ReadOpenLabel("20 hộ nghèo").has_value());
  EXPECT_FALSE(ReadOpenLabel("2026 Kế hoạch").has_value());
}

TEST(ReadLabel, LabelsAndWhatOnlyLooksLikeThem) {
  const std::vector<Sample> samples = {{"I. MỤC ĐÍCH", "I."},
                                       {"1. Mục đích", "1."},
                                       {"1.Mục đích", "1."},
                                       {"1.1. Quy ước", "1.1."},
                                       {"1.1 Quy ước", "1.1"},
                                       {"a) Tiêm phòng", "a)"},
                                       {"đ) Vệ sinh", "đ)"},
                                       {"a. Nội dung", "a."},
                                       {"- Chủ trì", "-"},
                                       {"– Chủ trì", "-"},
                                       {"+ Khảo sát", "+"},
                                       {"* Giai đoạn 1", "*"},
                                       {"Điều 1. Ban hành", "Điều 1."},
                                       {"Điều 2: Giao", "Điều 2"},
                                       {"PHẦN I. MỤC ĐÍCH", "PHẦN I."},
                                       {"Phụ lục II", "Phụ lục II"},
                                       {"I- MỤC ĐÍCH", "I-"},
                                       {"1- Bỏ lối họp", "1-"},
                                       {"I1. NỘI DUNG", "I1."},
                                       {"I - MỤC ĐÍCH", "I -"},
                                       {"1 . Mục đích", "1 ."},
                                       {"I/ MỤC ĐÍCH", "I/"},
                                       {"2.1- Mục tiêu chung", "2.1-"},
                                       {"1.2) Chỉ tiêu", "1.2)"},
                                       {"II.1. Nội dung", "II.1."},
                                       {"II.1.2 Nội dung", "II.1.2"},
                                       {"A.I. Thuận lợi", "A.I."},
                                       {"1.a) Nội dung", "1.a)"},
                                       {"(1) Tuyên truyền", "(1)"},
                                       {"(ii) Tuyên truyền", "(ii)"},
                                       {"① Tuyên truyền", "①"},
                                       {"ii) Tuyên truyền", "ii)"},
                                       {"PHỤ LỤC SỐ 02", "PHỤ LỤC SỐ 02"},
                                       {"Phụ lục số: 1", "Phụ lục số: 1"},
                                       {"Phần A. MỤC TIÊU", "Phần A."},
                                       {"Diều 3. Tổ chức", "Diều 3."},
                                       {"Phần I1. NỘI DUNG", "Phần I1."},
                                       {"Phần 1 - MỤC TIÊU", "Phần 1"},
                                       {"Điều 2 – Phạm vi", "Điều 2"},
                                       {"PHỤ LỤCIV", "PHỤ LỤCIV"},
                                       {"− Chủ trì", "-"},
                                       {"10.000 đồng", ""},
                                       {"(b/c) các sở", ""},
                                       {"(nếu có) thì", ""},
                                       {"I.2 nêu trên", ""},
                                       {"H.5 là hộ", ""},
                                       {"Phần A mục tiêu", ""},
                                       {"PHÂN BỔ VỐN", ""},
                                       {"PHÂN CÔNG", ""},
                                       {"1 - 5 người", ""},
                                       {"15/3/2026 họp", ""},
                                       {"Điều 5 Luật Đất đai", ""},
                                       {"-5 độ", ""},
                                       {"2025. Kế hoạch", ""},
                                       {"mục II nêu trên", ""},
                                       {"Phần việc phải làm", ""},
                                       {"a", ""},
                                       {"", ""},
                                       {"1.200 cuốn", ""},
                                       {"09-11/10/2025", ""}};
  for (const Sample& sample : samples) {
    const auto label = ReadLabel(sample.line);
    EXPECT_EQ(label ? label->label : "", sample.label) << sample.line;
  }
}

TEST(LabelSeries, DamagedLabelsAreReadFromTheirSequence) {
  LabelSeries series;
  int node = 0;
  const auto take = [&](const char* line) {
    const auto label = ReadLabel(line);
    if (!label) return std::string("no label");
    const auto place = series.Fit(*label);
    if (!place) return std::string("no place");
    series.Push(*place, node++);
    return OrdinalName(place->reading, label->label);
  };
  EXPECT_EQ(take("I. MỤC ĐÍCH"), "I");
  EXPECT_EQ(take("l. Mục đích"), "1");
  EXPECT_EQ(take("2. Yêu cầu"), "2");
  EXPECT_EQ(take("Il. NỘI DUNG"), "II");
  EXPECT_EQ(take("1. Tuyên truyền"), "1");
  EXPECT_EQ(take("a) Nội dung"), "a");
  EXPECT_EQ(take("I1I. KINH PHÍ"), "III");
  EXPECT_EQ(take("IV. TỔ CHỨC"), "IV");
  EXPECT_EQ(take("9. Lạc lõng"), "no place");
}

}  // namespace
}  // namespace hoidau
